package lifeboat.reconcile.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;
import lifeboat.reconcile.sql.ZonelessTime;

/// Which columns hold the time of a row's last write, and the time by which a purge decides. A `datetime` is UTC.
///
/// @param explainedBy names of columns; the first that a table has is taken
/// @param purges purge rules
record MySqlTimes(List<String> explainedBy, List<PurgeRule> purges) {
    MySqlTimes {
        explainedBy = List.copyOf(explainedBy);
        purges = List.copyOf(purges);
    }

    static MySqlTimes of(Optional<String> explainedBy, List<PurgeRule> purges) {
        return new MySqlTimes(
                explainedBy
                        .map(names -> Arrays.stream(names.split(",", -1))
                                .map(String::strip)
                                .toList())
                        .orElse(List.of()),
                purges);
    }

    /// Microseconds since 1970 of the last write and of the purge; NULL where there is none.
    String columns(TablePair table) {
        return written(table).orElse("NULL") + ", " + purge(table);
    }

    String named(TablePair table) {
        return "%s AS w, %s AS x".formatted(written(table).orElse("NULL"), purge(table));
    }

    /// Where a time has no zone: it is read as UTC.
    List<String> notes(List<TablePair> tables) {
        return tables.stream()
                .flatMap(table -> column(table)
                        .filter(column -> List.of("datetime", "date").contains(column.baseType()))
                        .map(column -> ZonelessTime.note(table.name(), column.name()))
                        .stream())
                .toList();
    }

    Optional<String> written(TablePair table) {
        return column(table).map(MySqlTimes::micros);
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
                .map(MySqlTimes::micros)
                .orElse("NULL");
    }

    /// Numbers are read as in `WriteTime`: what is not above 0 is no time, for 0 stands for "never" or "unknown".
    private static String micros(Column column) {
        String value = "t." + RowText.name(column.name());
        return switch (column.baseType()) {
            case "timestamp", "datetime", "date" -> "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', %s)".formatted(value);
            case "int", "bigint", "decimal" ->
                "(CASE WHEN %1$s <= 0 THEN NULL WHEN %1$s < 100000000000 THEN %1$s * 1000000 WHEN %1$s < 100000000000000 THEN %1$s * 1000 END)"
                        .formatted(value);
            default -> "NULL";
        };
    }

    static Optional<Instant> instant(ResultSet row, int field) throws SQLException {
        java.math.BigDecimal micros = row.getBigDecimal(field);
        return micros == null
                ? Optional.empty()
                : Optional.of(Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS));
    }
}
