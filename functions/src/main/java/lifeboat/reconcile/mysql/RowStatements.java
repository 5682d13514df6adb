package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// Writes rows of one table, each by a statement of its own, all sent before the first answer is awaited.
final class RowStatements {
    /// Characters of values that any server takes in one statement.
    private static final int SHORT = 100_000;

    private final Connection live;
    private final TablePair table;
    private final String into;

    RowStatements(Connection live, TablePair table) {
        this.live = live;
        this.table = table;
        this.into = RowText.table(table.name());
    }

    /// Columns of one row that get other values.
    ///
    /// @param text the row as it will be
    /// @param columns positions of those that are written
    record Change(RowKey key, String text, Set<Integer> columns) {}

    void insert(List<String> texts) throws SQLException {
        String names = table.columns().stream()
                .map(column -> RowText.name(column.name()))
                .collect(Collectors.joining(", "));
        List<Values> rows = texts.stream()
                .map(text -> new Values(RowText.parts(text), List.of()))
                .toList();
        write(
                table.columns(),
                values -> "INSERT INTO %s (%s) VALUES (%s)".formatted(into, names, String.join(", ", values)),
                rows);
    }

    /// Rows whose same columns change go together.
    void update(List<Change> changes) throws SQLException {
        Map<Set<Integer>, List<Change>> alike = changes.stream()
                .collect(Collectors.groupingBy(Change::columns, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<Set<Integer>, List<Change>> some : alike.entrySet()) {
            List<Integer> at = some.getKey().stream().sorted().toList();
            List<Values> rows = new ArrayList<>();
            for (Change change : some.getValue()) {
                List<Optional<String>> parts = RowText.parts(change.text());
                rows.add(new Values(at.stream().map(parts::get).toList(), keyValues(change.key())));
            }
            List<Column> columns = at.stream().map(table.columns()::get).toList();
            write(columns, values -> update(columns, values), rows);
        }
    }

    /// A column that the server would set to the time of the write keeps its value only where that is said.
    private String update(List<Column> columns, List<String> values) {
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            sets.add("t.%s = %s".formatted(RowText.name(columns.get(i).name()), values.get(i)));
        }
        for (Column column : table.columns()) {
            if (!columns.contains(column) && Set.of("timestamp", "datetime").contains(column.baseType())) {
                sets.add("t.%1$s = t.%1$s".formatted(RowText.name(column.name())));
            }
        }
        return "UPDATE %s AS t SET %s WHERE %s".formatted(into, String.join(", ", sets), byKey());
    }

    void delete(List<RowKey> keys) throws SQLException {
        write(
                List.of(),
                values -> "DELETE t FROM %s AS t WHERE %s".formatted(into, byKey()),
                keys.stream().map(key -> new Values(List.of(), keyValues(key))).toList());
    }

    private String byKey() {
        return table.key().stream().map(RowText::keyCondition).collect(Collectors.joining(" AND "));
    }

    /// Parameters that find a row by its key.
    private List<Optional<String>> keyValues(RowKey key) {
        return KeyedRows.parameters(table, key);
    }

    /// Of one statement.
    ///
    /// @param parts values of the columns that are written
    /// @param key parameters that find the row
    private record Values(List<Optional<String>> parts, List<Optional<String>> key) {
        Values {
            parts = List.copyOf(parts);
            key = List.copyOf(key);
        }

        boolean isShort() {
            return parts.stream().mapToLong(part -> part.orElse("").length()).sum() <= SHORT;
        }

        void bind(PreparedStatement statement, List<Optional<String>> those) throws SQLException {
            List<Optional<String>> all = new ArrayList<>(those);
            all.addAll(key);
            for (int i = 0; i < all.size(); i++) {
                statement.setString(i + 1, all.get(i).orElse(null));
            }
        }
    }

    private void write(List<Column> columns, Function<List<String>, String> sql, List<Values> rows)
            throws SQLException {
        List<Values> some = rows.stream().filter(Values::isShort).toList();
        if (!some.isEmpty()) {
            String plain = sql.apply(columns.stream().map(RowText::parameter).toList());
            try (PreparedStatement statement = live.prepareStatement(plain)) {
                for (Values row : some) {
                    row.bind(statement, row.parts());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        for (Values row : rows) {
            if (!row.isShort()) {
                writeLong(columns, sql, row);
            }
        }
    }

    private void writeLong(List<Column> columns, Function<List<String>, String> sql, Values row) throws SQLException {
        try (LongValues longs = new LongValues(live)) {
            List<String> values = new ArrayList<>();
            List<Optional<String>> bound = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                Optional<String> part = row.parts().get(i);
                String parameter = RowText.parameter(columns.get(i));
                if (part.isPresent() && longs.takes(part.get(), parameter)) {
                    values.add(longs.put(part.get(), parameter));
                } else {
                    values.add(parameter);
                    bound.add(part);
                }
            }
            try (PreparedStatement statement = live.prepareStatement(sql.apply(values))) {
                row.bind(statement, bound);
                statement.executeUpdate();
            }
        }
    }
}
