package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.RowKey;

/// One statement that deletes, then changes, then inserts rows of several tables. Each step counts what the step before
/// it wrote, and so cannot begin earlier; unique values are free by then. Foreign keys are checked when it has ended.
final class OneStatement {
    private final Connection live;

    OneStatement(Connection live) {
        this.live = live;
    }

    /// Writes.
    ///
    /// @return for each part the keys that are now as they should be
    List<Set<RowKey>> write(List<Together.Part> parts) throws SQLException {
        List<Set<RowKey>> written = new ArrayList<>();
        parts.forEach(part -> written.add(new HashSet<>()));
        execute(Session.AS_THE_OWNER_MEANT);
        try (PreparedStatement statement = live.prepareStatement(sql(parts))) {
            bind(statement, parts);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    RowKey key = new RowKey(List.of((String[]) row.getArray(3).getArray()));
                    Together.Part part = parts.get(row.getInt(1));
                    boolean comesBack = row.getBoolean(2) && part.replaced().contains(key);
                    if (!comesBack) {
                        written.get(row.getInt(1)).add(key);
                    }
                }
            }
        }
        execute(Session.UNAMBIGUOUS);
        return written;
    }

    private static String sql(List<Together.Part> parts) {
        List<RowQueries> queries =
                parts.stream().map(part -> new RowQueries(part.pair())).toList();
        List<String> steps = new ArrayList<>();
        each(queries, (i, query) -> steps.add("d%d(k) AS (%s)".formatted(i, query.delete())));
        steps.add("deleted AS MATERIALIZED (SELECT %s AS n)".formatted(counts("d", queries.size())));
        each(queries, (i, query) -> steps.add("u%d(k) AS (%s)".formatted(i, query.updateAfter("deleted"))));
        steps.add("changed AS MATERIALIZED (SELECT deleted.n + %s AS n FROM deleted)"
                .formatted(counts("u", queries.size())));
        each(queries, (i, query) -> steps.add("i%d(k) AS (%s)".formatted(i, query.insertAfter("changed"))));
        String results = IntStream.range(0, queries.size())
                .boxed()
                .flatMap(i -> List.of("d", "u", "i").stream()
                        .map(step -> "SELECT %1$d, %2$b, k FROM %3$s%1$d".formatted(i, step.equals("d"), step)))
                .collect(Collectors.joining(" UNION ALL "));
        return "WITH " + String.join(", ", steps) + " " + results;
    }

    private static String counts(String step, int parts) {
        return IntStream.range(0, parts)
                .mapToObj(i -> "(SELECT count(*) FROM %s%d)".formatted(step, i))
                .collect(Collectors.joining(" + "));
    }

    /// Takes the queries of a part by its number.
    private interface Taker {
        void take(int at, RowQueries queries);
    }

    private static void each(List<RowQueries> queries, Taker taker) {
        for (int i = 0; i < queries.size(); i++) {
            taker.take(i, queries.get(i));
        }
    }

    private static void bind(PreparedStatement statement, List<Together.Part> parts) throws SQLException {
        int at = 1;
        for (Together.Part part : parts) {
            at = part.rows().bind(statement, at, part.deletedFirst(), false);
        }
        for (Together.Part part : parts) {
            at = part.rows().bind(statement, at, part.changedInPlace(), true);
        }
        for (Together.Part part : parts) {
            at = part.rows().bind(statement, at, part.insertedLast(), true);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = live.createStatement()) {
            statement.execute(sql);
        }
    }
}
