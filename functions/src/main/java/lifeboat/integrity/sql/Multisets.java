package lifeboat.integrity.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import lifeboat.integrity.RowCount;

/// Compares tables whose rows nothing identifies: how often each content occurs on either side.
final class Multisets {
    private Multisets() {}

    /// A content and how often it occurs. The last group stands behind all others.
    ///
    /// @param digest hexadecimal; empty behind the last
    private record Group(String digest, long rows, Optional<Instant> lastWrite) {
        static Group next(ResultSet groups, Times times) throws SQLException {
            return groups.next()
                    ? new Group(groups.getString(1), groups.getLong(2), times.read(groups.getString(3)))
                    : new Group("", 0, Optional.empty());
        }

        boolean isLast() {
            return digest.isEmpty();
        }

        int compareTo(Group other) {
            return isLast() || other.isLast()
                    ? Boolean.compare(isLast(), other.isLast())
                    : digest.compareTo(other.digest);
        }
    }

    static void compare(Snapshot copy, Snapshot live, Table table, Times times, RowCount count) throws SQLException {
        try (var copies = copy.stream(query(table, Times.NONE));
                var originals = live.stream(query(table, times))) {
            var here = Group.next(copies, Times.NONE);
            var there = Group.next(originals, times);
            while (!here.isLast() || !there.isLast()) {
                var side = here.compareTo(there);
                visit(table, side <= 0 ? here.rows : 0, side >= 0 ? there.rows : 0, there.lastWrite, count);
                here = side <= 0 ? Group.next(copies, Times.NONE) : here;
                there = side >= 0 ? Group.next(originals, times) : there;
            }
        }
    }

    private static void visit(Table table, long copies, long originals, Optional<Instant> lastWrite, RowCount count) {
        count.copyRows(copies);
        count.liveRows(originals);
        for (var row = originals; row < copies; row++) {
            count.missingInLive(false, table.name() + " (no key)");
        }
        for (var row = copies; row < originals; row++) {
            count.unexpectedInLive(lastWrite, table.name() + " (no key)");
        }
    }

    /// The time of a last write is part of the content, so that all rows of a group have the same.
    private static String query(Table table, Times times) {
        return """
                select digest, count(*), max(time)
                  from (select %s as digest, %s as time from %s) as rows
                 group by digest order by digest collate "C"
                """.formatted(table.digest(), times.expression(), table.from());
    }
}
