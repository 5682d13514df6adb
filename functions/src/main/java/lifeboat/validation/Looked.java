package lifeboat.validation;

/// What came of looking at something that AWS keeps.
///
/// @param <T> what is seen
public sealed interface Looked<T> {
    /// It was seen.
    record Seen<T>(T facts) implements Looked<T> {}

    /// It could not be looked at, which is never the same as being well.
    ///
    /// @param why what prevented it
    record Unseen<T>(String why) implements Looked<T> {}
}
