package lifeboat.reconcile.postgres;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;
import lifeboat.reconcile.sql.ZonelessTime;
import org.jspecify.annotations.Nullable;

/// Which columns hold the time of a row's last write, and the time by which a purge decides.
///
/// @param explainedBy names of columns; the first that a table has is taken. Empty: none
/// @param purges purge rules
record Times(List<String> explainedBy, List<PurgeRule> purges) {
    Times {
        explainedBy = List.copyOf(explainedBy);
        purges = List.copyOf(purges);
    }

    /// From the caller's text: names with commas between.
    static Times of(Optional<String> explainedBy, List<PurgeRule> purges) {
        return new Times(
                explainedBy
                        .map(names -> Arrays.stream(names.split(","))
                                .map(String::strip)
                                .toList())
                        .orElse(List.of()),
                purges);
    }

    /// Two expressions: microseconds since 1970 of the last write and of the purge; NULL where there is none.
    String columns(TablePair table) {
        return written(table) + ", " + purge(table);
    }

    String named(TablePair table) {
        return written(table) + " AS w, " + purge(table) + " AS x";
    }

    /// The newest write of a table, as microseconds; empty: it has no such column.
    Optional<String> newest(TablePair table) {
        return column(table)
                .map(column -> "SELECT max(%s) FROM ONLY %s AS t".formatted(micros(column), Quote.table(table.name())));
    }

    /// An answer in microseconds since 1970.
    static Optional<Instant> instant(@Nullable String micros) {
        return Optional.ofNullable(micros).map(value -> Instant.EPOCH.plus(Long.parseLong(value), ChronoUnit.MICROS));
    }

    /// Where a time has no zone: it is read as UTC.
    List<String> notes(List<TablePair> tables) {
        return tables.stream()
                .flatMap(table -> column(table)
                        .filter(column -> List.of("timestamp", "date").contains(column.baseType()))
                        .map(column -> ZonelessTime.note(table.name(), column.name()))
                        .stream())
                .toList();
    }

    private String written(TablePair table) {
        return column(table).map(Times::micros).orElse("NULL::int8");
    }

    private Optional<Column> column(TablePair table) {
        return explainedBy.stream()
                .flatMap(name ->
                        table.columns().stream().filter(column -> column.name().equals(name)))
                .findFirst();
    }

    private String purge(TablePair table) {
        return purges.stream()
                .filter(rule -> rule.table().equals(table.name()))
                .flatMap(rule ->
                        table.columns().stream().filter(column -> column.name().equals(rule.field())))
                .findFirst()
                .map(Times::micros)
                .orElse("NULL::int8");
    }

    /// Numbers are read as in `WriteTime`: what is not above 0 is no time, for 0 stands for "never" or "unknown".
    private static String micros(Column column) {
        String value = "t." + Quote.name(column.name());
        return switch (column.baseType()) {
            case "timestamptz", "timestamp", "date" ->
                "(CASE WHEN isfinite(%1$s) THEN (extract(epoch FROM %1$s) * 1000000)::int8 END)".formatted(value);
            case "int4", "int8", "numeric" -> """
                (CASE WHEN %1$s <= 0 THEN NULL
                      WHEN %1$s < 100000000000 THEN (%1$s::numeric * 1000000)::int8
                      WHEN %1$s < 100000000000000 THEN (%1$s::numeric * 1000)::int8 END)""".formatted(value);
            default -> "NULL::int8";
        };
    }
}
