package lifeboat.reconcile.mysql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.UndoRow;

/// One row to be written.
///
/// @param expected digest of what live must hold; empty: nothing
/// @param expectedCount how many equal rows that is
/// @param target digest of what live will hold; empty: nothing
/// @param targetCount how many equal rows that is
/// @param wanted the row that live will hold
/// @param undo whether a repair is undone: what live holds now need not be brought back, and what a value of the undo
/// log lost by becoming text is not known
record RowWrite(
        RowKey key,
        Optional<String> expected,
        long expectedCount,
        Optional<String> target,
        long targetCount,
        RowVersion wanted,
        boolean undo) {
    static RowWrite of(PlannedRow row, RowVersion inCopy) {
        return new RowWrite(row.key(), row.live(), row.liveCount(), row.copy(), row.copyCount(), inCopy, false);
    }

    static RowWrite back(UndoRow row) {
        RowVersion before =
                new RowVersion(row.before(), row.beforeDigest(), row.beforeCount(), true, Set.of(), Optional.empty());
        return new RowWrite(
                row.key(), row.after(), row.afterCount(), row.beforeDigest(), row.beforeCount(), before, true);
    }

    /// How many rows it writes: more than one where rows cannot be told apart.
    long rows() {
        return Math.max(1, Math.abs(targetCount - expectedCount));
    }

    /// What would put back what is expected now: its target is what live holds while nothing is written.
    RowWrite reversed() {
        return new RowWrite(key, target, targetCount, expected, expectedCount, wanted, undo);
    }

    Optional<String> text() {
        return wanted.text();
    }

    /// Positions of the columns that change; all of them where the row comes or goes.
    Set<Integer> columns(RowVersion now, int columns) {
        Set<Integer> all = IntStream.range(0, columns).boxed().collect(Collectors.toCollection(TreeSet::new));
        if (!now.keyed() || now.text().isEmpty() || text().isEmpty()) {
            return all;
        }
        List<Optional<String>> from = now.parts();
        List<Optional<String>> to = wanted.parts();
        all.removeIf(at -> from.get(at).equals(to.get(at))
                && (undo || now.uncarried().contains(at) == wanted.uncarried().contains(at)));
        return all;
    }

    /// Why the row cannot be written so that it is what it was, or not be brought back.
    ///
    /// @param now what live holds
    /// @param changed positions of the columns that are written
    /// @param most bytes that live takes in one value
    Optional<Why> obstacle(RowVersion now, Set<Integer> changed, long most) {
        List<RowVersion> versions = undo ? List.of(wanted) : List.of(wanted, now);
        Optional<Why> unread = versions.stream()
                .flatMap(version -> version.obstacle().stream())
                .findFirst();
        if (unread.isPresent()) {
            return unread;
        }
        if (changed.isEmpty()
                || versions.stream().anyMatch(version -> changed.stream().anyMatch(version.uncarried()::contains))) {
            return Optional.of(Why.CANNOT_BE_CARRIED);
        }
        return versions.stream().anyMatch(version -> exceeds(version, changed, most))
                ? Optional.of(Why.TOO_LARGE)
                : Optional.empty();
    }

    /// Two digits are one byte.
    private static boolean exceeds(RowVersion version, Set<Integer> changed, long most) {
        if (version.text().isEmpty() || version.text().get().length() <= most) {
            return false;
        }
        List<Optional<String>> parts = version.parts();
        return changed.stream().anyMatch(at -> parts.get(at).orElse("").length() > 2 * most);
    }
}
