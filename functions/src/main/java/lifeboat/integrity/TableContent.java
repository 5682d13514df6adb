package lifeboat.integrity;

import java.time.Instant;
import java.util.Optional;

/// What one table held while it was read, in whatever order: a {@link Sketch} of its rows.
///
/// Of a copy that is compared with a record, the rows that were written since are not in the sketch: of them the record
/// knows nothing. They are counted, and their keys are kept.
///
/// @param table as its store names it
/// @param rule how a row became a digest; only contents of one rule can be compared
/// @param count rows or items, those written since among them
/// @param sketch of the rows that are not `since`
/// @param since keys of the rows that were written since the record
/// @param newest the latest time of a last write; empty: no row tells one
/// @param from no write that was over before this is missing
/// @param until no write that began after this is in it; the same instant where all was read as of one moment
public record TableContent(
        String table,
        String rule,
        long count,
        Sketch sketch,
        KeySample since,
        Optional<Instant> newest,
        Instant from,
        Instant until) {
    public TableContent {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a content was read from %s until %s".formatted(from, until));
        }
        if (count < since.count()) {
            throw new IllegalArgumentException("%d rows, of which %d are new".formatted(count, since.count()));
        }
    }

    /// When rows were written that a record knows nothing of: after one instant, up to another.
    public record Since(Instant after, Instant until) {
        boolean holds(Instant at) {
            return at.isAfter(after) && !at.isAfter(until);
        }
    }

    private static final String PRESENCE = "presence only: ";

    /// Of a table whose rows are not compared.
    ///
    /// @param why as a person reads it
    public static TableContent present(String table, String why, Instant at) {
        return new TableContent(table, PRESENCE + why, 0, new Sketch(), KeySample.NONE, Optional.empty(), at, at);
    }

    /// Why only its presence can be compared; empty: its rows can.
    Optional<String> presenceOnly() {
        return rule.startsWith(PRESENCE) ? Optional.of(rule.substring(PRESENCE.length())) : Optional.empty();
    }

    /// Adds up rows as they are read; not for use by several threads.
    public static final class Rows {
        private final Optional<Since> since;
        private final Sketch sketch = new Sketch();
        private final KeySample.Gathered keys = new KeySample.Gathered();
        private long count;
        private long newest = RowDigest.UNTIMED;

        /// @param since which rows a record knows nothing of; empty: there is none to compare with
        public Rows(Optional<Since> since) {
            this.since = since;
        }

        /// Adds one row.
        public void add(RowDigest row) {
            count++;
            if (isPossible(row)) {
                newest = Math.max(newest, row.writtenAt());
            }
            if (row.time()
                    .filter(at -> since.filter(span -> span.holds(at)).isPresent())
                    .isPresent()) {
                keys.add(row.key());
            } else {
                sketch.add(row);
            }
        }

        /// A time after all that can be in the table is that of no write.
        private boolean isPossible(RowDigest row) {
            return row.time()
                    .filter(at -> since.filter(span -> at.isAfter(span.until)).isEmpty())
                    .isPresent();
        }

        /// What was read so far.
        public TableContent content(String table, String rule, Instant from, Instant until) {
            return new TableContent(
                    table, rule, count, sketch, keys.sample(), new RowDigest(0, 0, newest).time(), from, until);
        }
    }

    /// This and another piece of the same table.
    ///
    /// @throws IllegalArgumentException where they are of different tables or rules
    public TableContent plus(TableContent other) {
        if (!table.equals(other.table) || !rule.equals(other.rule)) {
            throw new IllegalArgumentException("contents of '%s' by '%s' and of '%s' by '%s' cannot be added"
                    .formatted(table, rule, other.table, other.rule));
        }
        return new TableContent(
                table,
                rule,
                count + other.count,
                sketch.plus(other.sketch),
                since.plus(other.since),
                Tally.later(newest, other.newest),
                from.isBefore(other.from) ? from : other.from,
                until.isAfter(other.until) ? until : other.until);
    }

    /// The same, read up to an instant.
    public TableContent readUntil(Instant end) {
        return new TableContent(table, rule, count, sketch, since, newest, from, end);
    }

    /// The same, small enough for one item of the ledger.
    TableContent forTheLedger() {
        return new TableContent(table, rule, count, sketch, since.few(), newest, from, until);
    }
}
