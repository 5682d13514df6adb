package lifeboat.reconcile.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.KeyForm;
import lifeboat.reconcile.TableFacts;
import lifeboat.reconcile.TableName;

/// What a selection can name of SQL tables, by the types of their columns.
public final class SqlFacts {
    private static final Set<String> NUMBERS = Set.of(
            "int2",
            "int4",
            "int8",
            "numeric",
            "float4",
            "float8",
            "oid",
            "tinyint",
            "smallint",
            "mediumint",
            "int",
            "bigint",
            "decimal",
            "float",
            "double",
            "year");
    private static final Set<String> DATES = Set.of("date", "timestamp", "timestamptz", "datetime");
    private static final Set<String> TEXTS =
            Set.of("text", "varchar", "bpchar", "name", "citext", "char", "tinytext", "mediumtext", "longtext");
    private static final Set<String> WHOLE_NUMBERS_AS_TIMES =
            Set.of("int4", "int8", "numeric", "int", "bigint", "decimal");

    private SqlFacts() {}

    /// Of one table; empty: it is not among those that are compared, or told not to be.
    public static Optional<TableFacts> of(Pairing pairing, TableName table) {
        Optional<TableFacts> compared = pairing.pairs().stream()
                .filter(pair -> pair.name().equals(table))
                .findFirst()
                .map(SqlFacts::of);
        boolean told = pairing.others().stream().anyMatch(other -> other.table().equals(table));
        return compared.or(() -> told ? Optional.of(TableFacts.ofKey(KeyForm.UNKNOWN)) : Optional.empty());
    }

    private static TableFacts of(TablePair pair) {
        return new TableFacts(
                Optional.of(names(pair.columns())),
                names(pair.columns().stream().filter(SqlFacts::isTime).toList()),
                pair.hasKey() ? form(pair.key().getFirst().baseType()) : KeyForm.NONE);
    }

    private static Set<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.toSet());
    }

    private static boolean isTime(Column column) {
        return DATES.contains(column.baseType()) || WHOLE_NUMBERS_AS_TIMES.contains(column.baseType());
    }

    private static KeyForm form(String type) {
        if (NUMBERS.contains(type)) {
            return KeyForm.NUMBER;
        }
        if (DATES.contains(type)) {
            return KeyForm.DATE;
        }
        if (TEXTS.contains(type)) {
            return KeyForm.TEXT;
        }
        return type.equals("uuid") ? KeyForm.UUID : KeyForm.EXACT;
    }
}
