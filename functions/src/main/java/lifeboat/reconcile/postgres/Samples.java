package lifeboat.reconcile.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.FieldChange;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;

/// Shows a few differences with before and after.
final class Samples {
    /// A value that is longer is cut, for a person and for the size of the plan.
    private static final int LONGEST = 200;

    private final Side copy;
    private final Side live;
    private final Schema schema;

    Samples(Side copy, Side live, Schema schema) {
        this.copy = copy;
        this.live = live;
        this.schema = schema;
    }

    List<Difference.Sample> of(List<Difference> differences) {
        Map<TableName, List<Difference>> byTable =
                differences.stream().collect(Collectors.groupingBy(Difference::table));
        List<Difference.Sample> samples = new ArrayList<>();
        byTable.forEach((table, some) -> samples.addAll(of(pair(table), some)));
        return samples;
    }

    private TablePair pair(TableName table) {
        return schema.pairing().pairs().stream()
                .filter(pair -> pair.name().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private List<Difference.Sample> of(TablePair table, List<Difference> differences) {
        try {
            List<RowKey> keys = differences.stream().map(Difference::key).toList();
            Map<RowKey, List<Optional<String>>> left = values(copy, table, keys);
            Map<RowKey, List<Optional<String>>> right = values(live, table, keys);
            return differences.stream()
                    .map(difference -> sample(table, difference, left, right))
                    .toList();
        } catch (SQLException e) {
            throw new StoreFailed("reading samples of " + table.name(), e);
        }
    }

    private static Difference.Sample sample(
            TablePair table,
            Difference difference,
            Map<RowKey, List<Optional<String>>> left,
            Map<RowKey, List<Optional<String>>> right) {
        List<Optional<String>> none =
                table.columns().stream().map(column -> Optional.<String>empty()).toList();
        List<Optional<String>> before = left.getOrDefault(difference.key(), none);
        List<Optional<String>> after = right.getOrDefault(difference.key(), none);
        List<FieldChange> fields = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                fields.add(new FieldChange(table.columns().get(i).name(), before.get(i), after.get(i)));
            }
        }
        if (!table.hasKey()) {
            fields.addAll(occurrences(difference));
        }
        return new Difference.Sample(difference.key(), difference.kind(), fields);
    }

    private static List<FieldChange> occurrences(Difference difference) {
        return List.of(new FieldChange(
                "(equal rows)", Optional.of(count(difference.inCopy())), Optional.of(count(difference.inLive()))));
    }

    private static String count(Optional<Image> image) {
        return Long.toString(image.map(Image::copies).orElse(0L));
    }

    private static Map<RowKey, List<Optional<String>>> values(Side side, TablePair table, List<RowKey> keys)
            throws SQLException {
        Map<RowKey, List<Optional<String>>> values = new HashMap<>();
        try (Statement statement = side.lookup().createStatement();
                ResultSet row = statement.executeQuery(query(table, keys))) {
            while (row.next()) {
                values.put(new RowKey(List.of(texts(row.getArray(1)))), optionals(texts(row.getArray(2))));
            }
        }
        return values;
    }

    private static String query(TablePair table, List<RowKey> keys) {
        String columns = table.columns().stream()
                .map(column -> shown(ValueText.of("t." + Quote.name(column.name()), column)))
                .collect(Collectors.joining(", "));
        String key = table.hasKey()
                ? table.key().stream()
                        .map(column -> TableQueries.keyPart("t", column) + "::text")
                        .collect(Collectors.joining(", "))
                : RowHash.digest(table);
        return "SELECT ARRAY[%s], ARRAY[%s] FROM ONLY %s AS t WHERE %s"
                .formatted(key, columns, Quote.table(table.name()), condition(table, keys));
    }

    /// A long value is cut where it lies; what follows the cut is told by its digest.
    private static String shown(String text) {
        return "CASE WHEN length(%1$s) <= %2$d THEN %1$s ELSE left(%1$s, %2$d) || '... (' || length(%1$s) || ' characters, SHA-256 ' || left(encode(sha256(convert_to(%1$s, 'UTF8')), 'hex'), 16) || ')' END"
                .formatted(text, LONGEST);
    }

    private static String condition(TablePair table, List<RowKey> keys) {
        if (!table.hasKey()) {
            return keys.stream()
                    .map(key -> Quote.literal(key.parts().getFirst()))
                    .collect(Collectors.joining(", ", RowHash.digest(table) + " IN (", ")"));
        }
        return keys.stream().map(key -> condition(table.key(), key)).collect(Collectors.joining(" OR "));
    }

    private static String condition(List<Column> columns, RowKey key) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            parts.add("t.%s %s CAST(%s AS %s)"
                    .formatted(
                            Quote.name(column.name()),
                            column.equality(),
                            Quote.literal(key.parts().get(i)),
                            column.type()));
        }
        return "(" + String.join(" AND ", parts) + ")";
    }

    private static String[] texts(Array array) throws SQLException {
        return (String[]) array.getArray();
    }

    private static List<Optional<String>> optionals(String[] texts) {
        return java.util.Arrays.stream(texts).map(Optional::ofNullable).toList();
    }
}
