package lifeboat.recovery;

/// Reports what has the name of a drill's copy and was kept, because it was not proven to be that copy.
@FunctionalInterface
public interface UnprovenCopies {
    /// Called once a copy, or again where the caller died before it could write that down.
    void kept(Copy copy);
}
