package lifeboat.reconcile;

/// A file of an undo log whose rows are undone.
///
/// @param file its name in the archive
/// @param unknownToo whether rows are undone too of which nobody knows whether they were written: they were named
public record UndoTarget(String file, boolean unknownToo) {}
