package lifeboat.integrity.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import lifeboat.integrity.RowCount;
import org.jspecify.annotations.Nullable;

/// Finds the newest write, and the writes that a copy lacks, row by row where the query says which rows.
final class LastWrites {
    private LastWrites() {}

    /// What a freshness query asks for, in the copy and, where that can be read, in live.
    ///
    /// Where the query is not `select max(column) from table`, the table has no key, or the query reads tables that
    /// inherit from it as well, only the newest write in the copy is known.
    static void count(Snapshot copy, Optional<Snapshot> live, String query, RowCount count) throws SQLException {
        var table = NewestWriteQuery.of(query).flatMap(asked -> Table.find(copy, asked.table()));
        var column = NewestWriteQuery.of(query)
                .flatMap(asked -> table.flatMap(found -> found.column(asked.column())))
                .map(Times::of);
        if (table.isEmpty() || column.isEmpty() || table.get().key().isEmpty() || hasHeirs(table.get(), copy, live)) {
            SingleValue.time(copy, query).ifPresent(newest -> count.writtenInCopy(Optional.of(newest)));
        } else if (live.isEmpty()) {
            inCopy(copy, table.get(), column.get(), count);
        } else {
            beside(copy, live.get(), table.get(), column.get(), count);
        }
    }

    private static boolean hasHeirs(Table table, Snapshot copy, Optional<Snapshot> live) {
        return table.hasHeirs(copy) || live.filter(table::hasHeirs).isPresent();
    }

    private static void inCopy(Snapshot copy, Table table, Times times, RowCount count) throws SQLException {
        try (var rows = copy.stream("select %s from %s".formatted(times.expression(), table.from()))) {
            while (rows.next()) {
                count.writtenInCopy(times.read(rows.getString(1)));
            }
        }
    }

    private static void beside(Snapshot copy, Snapshot live, Table table, Times times, RowCount count)
            throws SQLException {
        try (var here = KeyedRows.of(copy, table, times);
                var there = KeyedRows.of(live, table, times)) {
            Merge.of(new KeyOrder(table.key()), here, there, (a, b) -> visit(a, b, count));
        }
    }

    private static void visit(KeyedRows.@Nullable Row copy, KeyedRows.@Nullable Row live, RowCount count) {
        if (copy != null) {
            count.writtenInCopy(copy.lastWrite());
        }
        if (live != null) {
            var inCopy = copy == null ? Optional.<Instant>empty() : copy.lastWrite();
            count.writtenInLive(live.lastWrite(), copy != null && !older(inCopy, live.lastWrite()), inCopy);
        }
    }

    private static boolean older(Optional<Instant> inCopy, Optional<Instant> inLive) {
        return inCopy.isPresent() && inLive.isPresent() && inCopy.get().isBefore(inLive.get());
    }
}
