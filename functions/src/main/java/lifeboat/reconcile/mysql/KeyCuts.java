package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// Cuts a big table into ranges of its key, each small enough for a Lambda invocation.
///
/// A range is halved, at a key that live holds, for as long as the server's own estimate finds too much in it: neither
/// gaps nor clusters of keys matter, and nothing is scanned. Where the estimate is wrong, pieces are uneven, and
/// still every row is in just one of them.
final class KeyCuts {
    /// Halvings of one table; the last ranges stay as they are.
    private static final int MOST_HALVINGS = 8_000;

    private final Connection copy;
    private final Connection live;
    private final Most most;

    KeyCuts(Connection copy, Connection live, Most most) {
        this.copy = copy;
        this.live = live;
        this.most = most;
    }

    /// What a piece may hold.
    ///
    /// @param rows number of rows
    /// @param bytes of the table, as the server estimates them
    record Most(long rows, long bytes) {
        /// A minute of reading, give or take.
        static final Most A_PIECE = new Most(4_000_000, 2L << 30);

        /// Rows of a piece of a table of so many rows and bytes; 0: the table is one piece.
        long rowsOf(long allRows, long allBytes) {
            long pieces = Math.max(allRows / rows, allBytes / bytes) + 1;
            return pieces == 1 ? 0 : Math.max(1, allRows / pieces);
        }
    }

    /// A range with the estimated number of its rows.
    private record Part(KeySpan span, long rows) {}

    List<Piece> of(TablePair table) throws SQLException {
        List<Piece> whole = List.of(new Piece(table, Optional.empty()));
        long target = Math.max(target(copy, table), target(live, table));
        List<KeyKind> kinds = kinds(table);
        if (target == 0 || kinds.isEmpty()) {
            return whole;
        }
        List<Part> parts = new Halving(table, kinds, target).parts();
        return parts.size() == 1
                ? whole
                : parts.stream()
                        .map(part -> new Piece(table, Optional.of(part.span().shown(kinds))))
                        .toList();
    }

    private long target(Connection side, TablePair table) throws SQLException {
        String sql = "SELECT COALESCE(table_rows, 0), COALESCE(data_length, 0) FROM information_schema.tables"
                + " WHERE table_schema = DATABASE() AND table_name = ?";
        try (PreparedStatement statement = side.prepareStatement(sql)) {
            statement.setString(1, table.name().name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? most.rowsOf(row.getLong(1), row.getLong(2)) : 0;
            }
        }
    }

    /// Those leading columns of the key that both sides order alike.
    private List<KeyKind> kinds(TablePair table) throws SQLException {
        List<KeyKind> left = KeyKind.of(copy, table);
        List<KeyKind> right = KeyKind.of(live, table);
        int alike = 0;
        while (alike < Math.min(left.size(), right.size()) && left.get(alike).equals(right.get(alike))) {
            alike++;
        }
        return right.subList(0, alike);
    }

    /// The work on one table.
    private final class Halving {
        final List<Column> key;
        final List<KeyKind> kinds;
        final long target;
        final String from;
        int halvings;

        Halving(TablePair table, List<KeyKind> kinds, long target) throws SQLException {
            this.kinds = kinds;
            this.key = table.key().subList(0, kinds.size());
            this.target = target;
            this.from = "%s AS t %s".formatted(RowText.table(table.name()), KeyIndex.hint(live, table));
        }

        List<Part> parts() throws SQLException {
            List<Part> parts = new ArrayList<>();
            halve(new Part(KeySpan.ALL, estimate(KeySpan.ALL)), parts);
            List<Part> joined = new ArrayList<>();
            for (Part part : parts) {
                if (!joined.isEmpty() && joined.getLast().rows() + part.rows() <= target) {
                    Part last = joined.removeLast();
                    joined.add(
                            new Part(new KeySpan(last.span().from(), part.span().to()), last.rows() + part.rows()));
                } else {
                    joined.add(part);
                }
            }
            return joined;
        }

        private void halve(Part part, List<Part> done) throws SQLException {
            Optional<List<String>> middle =
                    part.rows() <= target || halvings++ >= MOST_HALVINGS ? Optional.empty() : middle(part.span());
            if (middle.isEmpty()) {
                done.add(part);
                return;
            }
            KeySpan left = new KeySpan(part.span().from(), middle.get());
            KeySpan right = new KeySpan(middle.get(), part.span().to());
            halve(new Part(left, estimate(left)), done);
            halve(new Part(right, estimate(right)), done);
        }

        /// A key of live behind the first one of a range, near its middle; empty: there is none.
        private Optional<List<String>> middle(KeySpan span) throws SQLException {
            Optional<List<String>> first = key(span, "", "", 0);
            Optional<List<String>> last = key(span, "", " DESC", 0);
            if (first.isEmpty() || last.isEmpty() || first.equals(last)) {
                return Optional.empty();
            }
            int at = IntStream.range(0, key.size())
                    .filter(i -> !first.get().get(i).equals(last.get().get(i)))
                    .findFirst()
                    .orElseThrow();
            List<String> guesses = new ArrayList<>(Between.values(
                    kinds.get(at), first.get().get(at), last.get().get(at)));
            if (at < key.size() - 1) {
                guesses.add(last.get().get(at));
            }
            for (String guess : guesses) {
                List<String> bound = new ArrayList<>(first.get().subList(0, at));
                bound.add(guess);
                String behind = new KeySpan(bound, List.of()).condition(key, kinds);
                Optional<List<String>> found =
                        key(span, " AND " + behind, "", 0).filter(key -> !key.equals(first.get()));
                if (found.isPresent()) {
                    return found;
                }
            }
            return key(span, "", "", target).filter(found -> !found.equals(first.get()));
        }

        private Optional<List<String>> key(KeySpan span, String also, String direction, long offset)
                throws SQLException {
            String values = IntStream.range(0, key.size())
                    .mapToObj(i -> kinds.get(i).read(key.get(i)))
                    .collect(Collectors.joining(", "));
            String order = key.stream()
                    .map(column -> "t." + RowText.name(column.name()) + direction)
                    .collect(Collectors.joining(", "));
            String sql = "SELECT %s FROM %s WHERE %s%s ORDER BY %s LIMIT 1 OFFSET %d"
                    .formatted(values, from, span.condition(key, kinds), also, order, offset);
            try (Statement statement = live.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                if (!row.next()) {
                    return Optional.empty();
                }
                List<String> bound = new ArrayList<>();
                for (int i = 1; i <= key.size(); i++) {
                    bound.add(row.getString(i));
                }
                return Optional.of(bound);
            }
        }

        private long estimate(KeySpan span) throws SQLException {
            String sql = "EXPLAIN SELECT 1 FROM %s WHERE %s".formatted(from, span.condition(key, kinds));
            try (Statement statement = live.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getLong("rows") : 0;
            }
        }
    }
}
