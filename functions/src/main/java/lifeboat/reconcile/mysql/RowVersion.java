package lifeboat.reconcile.mysql;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.TablePair;

/// What one side holds of a row.
///
/// @param text the whole row, as [RowText] spells it; empty: there is none, or it was not read
/// @param digest as the server computed it; empty: there is no such row, or the table has no key
/// @param count how many equal rows there are
/// @param keyed whether its table has a key
/// @param uncarried positions of values that text does not carry without loss
/// @param obstacle why it was not read; empty: it was
record RowVersion(
        Optional<String> text,
        Optional<String> digest,
        long count,
        boolean keyed,
        Set<Integer> uncarried,
        Optional<Why> obstacle) {
    RowVersion {
        uncarried = Set.copyOf(uncarried);
    }

    /// No such row.
    static RowVersion absent(boolean keyed) {
        return new RowVersion(Optional.empty(), Optional.empty(), 0, keyed, Set.of(), Optional.empty());
    }

    /// Of one row: what was read, or that there is none.
    static RowVersion of(Map<RowKey, RowVersion> held, RowKey key, TablePair table) {
        return held.getOrDefault(key, absent(table.hasKey()));
    }

    boolean is(Optional<String> wanted, long wantedCount) {
        return keyed ? digest.equals(wanted) : count == wantedCount;
    }

    RowVersion times(long rows) {
        return new RowVersion(text, digest, rows, keyed, uncarried, obstacle);
    }

    /// One part a column of the table.
    List<Optional<String>> parts() {
        return RowText.parts(text.orElseThrow());
    }
}
