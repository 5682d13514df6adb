package lifeboat.reconcile;

import java.util.List;

/// What of an undo log is undone, and what is not.
///
/// @param targets in the order in which they are undone: the last one first
/// @param left entries of which nobody knows whether they were written, and that nobody named
public record UndoSelection(List<UndoTarget> targets, List<LeftEntry> left) {
    public UndoSelection {
        targets = List.copyOf(targets);
        left = List.copyOf(left);
    }
}
