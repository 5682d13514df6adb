package lifeboat.integrity.sql;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lifeboat.integrity.Counts;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Question;
import lifeboat.integrity.Subject;

/// How many rows a table has, and in which tables they lie: itself, its partitions, the tables that inherit from it.
///
/// @param byTable rows by the table that stores them; those without rows are left out
record StoredRows(Map<String, Long> byTable) {
    /// Of a table that is named as SQL would name it; empty where there is no such table.
    static Optional<StoredRows> of(Snapshot database, String table) {
        return database.list("select to_regclass(?)::text", row -> Optional.ofNullable(row.getString(1)), table)
                .getFirst()
                .map(name -> {
                    var rows = new TreeMap<String, Long>();
                    database.list(
                            "select tableoid::regclass::text, count(*) from %s group by tableoid".formatted(name),
                            row -> rows.put(row.getString(1), row.getLong(2)));
                    return new StoredRows(rows);
                });
    }

    long count() {
        return byTable.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Whether there are about as many as in live. Where they lie in other tables than in live, by more rows than may
    /// differ, somebody moved them, in live or in the copy: that cannot be told.
    Outcome beside(StoredRows live, Question.RowsAsInLive question, Subject.LiveTrust trust) {
        var outcome = Counts.near(question, trust, count(), live.count());
        var allowed = BigDecimal.valueOf(question.percent()).multiply(BigDecimal.valueOf(live.count()));
        var tables = new TreeSet<>(byTable.keySet());
        tables.addAll(live.byTable.keySet());
        var moved = tables.stream()
                .filter(table -> BigDecimal.valueOf(Math.abs(in(table) - live.in(table)))
                                .movePointRight(2)
                                .compareTo(allowed)
                        > 0)
                .map(table -> "%s %,d, live %,d".formatted(table, in(table), live.in(table)))
                .collect(Collectors.joining("; "));
        return outcome instanceof Outcome.Passed && !moved.isEmpty()
                ? new Outcome.Inconclusive(
                        question.text(),
                        "%s; but they lie in other tables than in live: %s".formatted(outcome.seen(), moved))
                : outcome;
    }

    private long in(String table) {
        return byTable.getOrDefault(table, 0L);
    }
}
