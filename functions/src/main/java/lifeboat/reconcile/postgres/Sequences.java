package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.StoreFailed;

/// Moves the sequences of repaired tables beyond every value that their columns hold. Never backwards.
final class Sequences {
    /// A gap up to here is crossed by drawing values, which nobody can overtake; a bigger one is jumped.
    private static final long DRAWN = 100_000;

    private static final String OWNED = """
            SELECT sn.nspname, s.relname, tn.nspname, t.relname, a.attname, q.seqincrement
            FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_sequence q ON q.seqrelid = s.oid
            JOIN pg_namespace sn ON sn.oid = s.relnamespace JOIN pg_class t ON t.oid = d.refobjid
            JOIN pg_namespace tn ON tn.oid = t.relnamespace
            JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
            ORDER BY 1, 2""";

    private final Connection live;

    Sequences(Connection live) {
        this.live = live;
    }

    /// Moves what has fallen behind.
    ///
    /// @param tables whose sequences are looked at
    /// @return what was moved, one sentence each
    List<String> advance(Set<TableName> tables) {
        List<String> moved = new ArrayList<>();
        for (Owned owned : owned(tables)) {
            try {
                advance(owned).ifPresent(moved::add);
            } catch (SQLException e) {
                moved.add("sequence %s could NOT be moved: %s".formatted(owned.sequence(), e.getMessage()));
            }
        }
        return moved;
    }

    private List<Owned> owned(Set<TableName> tables) {
        List<Owned> owned = new ArrayList<>();
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery(OWNED)) {
            while (row.next()) {
                TableName table = new TableName(row.getString(3), row.getString(4));
                TableName sequence = new TableName(row.getString(1), row.getString(2));
                if (tables.contains(table)) {
                    owned.add(new Owned(sequence, table, row.getString(5), row.getLong(6)));
                }
            }
            return owned;
        } catch (SQLException e) {
            throw new StoreFailed("reading the sequences of live", e);
        }
    }

    private Optional<String> advance(Owned owned) throws SQLException {
        String extreme = owned.increment() > 0 ? "max" : "min";
        String furthest = Side.oneOrNull(
                live,
                "SELECT %s(t.%s) FROM %s AS t"
                        .formatted(extreme, Quote.name(owned.column()), Quote.table(owned.table())));
        if (furthest == null) {
            return Optional.empty();
        }
        long at = Long.parseLong(Side.one(
                live,
                "SELECT last_value - (NOT is_called)::int * %d FROM %s"
                        .formatted(owned.increment(), Quote.table(owned.sequence()))));
        long gap = (Long.parseLong(furthest) - at) * (owned.increment() > 0 ? 1 : -1);
        if (gap <= 0) {
            return Optional.empty();
        }
        move(owned, Long.parseLong(furthest), gap / Math.abs(owned.increment()) + 1);
        return Optional.of("sequence %s moved from %d beyond %s".formatted(owned.sequence(), at, furthest));
    }

    private void move(Owned owned, long to, long steps) throws SQLException {
        String name = Quote.literal(Quote.table(owned.sequence())) + "::regclass";
        String sql = steps <= DRAWN
                ? "SELECT count(nextval(%s)) FROM generate_series(1, %d)".formatted(name, steps)
                : "SELECT setval(%s, %d)".formatted(name, to);
        Side.one(live, sql);
    }

    /// A sequence that a column draws from.
    private record Owned(TableName sequence, TableName table, String column, long increment) {}
}
