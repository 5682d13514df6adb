package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.StoreFailed;

/// Moves the sequences of repaired tables beyond every value that their columns hold. Never backwards.
final class Sequences {
    /// A gap up to here is crossed by drawing values, which nobody can overtake; a bigger one is jumped.
    private static final long DRAWN = 100_000;

    /// Sequences that a column owns or draws its default from, with each table that has rows of it: the column's own
    /// table and those below it.
    private static final String DRAWN_FROM = """
            WITH RECURSIVE used AS (
              SELECT d.objid AS seq, d.refobjid AS tab, d.refobjsubid AS num FROM pg_depend d
              WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                AND d.refobjsubid > 0
              UNION
              SELECT d.refobjid, f.adrelid, f.adnum FROM pg_depend d JOIN pg_attrdef f ON f.oid = d.objid
              WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass),
            below AS (
              SELECT seq, tab, num, tab AS held FROM used
              UNION
              SELECT b.seq, b.tab, b.num, i.inhrelid FROM below b JOIN pg_inherits i ON i.inhparent = b.held)
            SELECT sn.nspname, s.relname, tn.nspname, t.relname, a.attname, q.seqincrement,
              (SELECT typcategory FROM pg_type WHERE oid = a.atttypid) = 'N' AS number,
              array_agg(hn.nspname ORDER BY h.oid) AS schemas, array_agg(h.relname ORDER BY h.oid) AS tables
            FROM below b JOIN pg_class s ON s.oid = b.seq AND s.relkind = 'S' JOIN pg_sequence q ON q.seqrelid = s.oid
            JOIN pg_namespace sn ON sn.oid = s.relnamespace JOIN pg_class t ON t.oid = b.tab
            JOIN pg_namespace tn ON tn.oid = t.relnamespace
            JOIN pg_attribute a ON a.attrelid = b.tab AND a.attnum = b.num
            JOIN pg_class h ON h.oid = b.held JOIN pg_namespace hn ON hn.oid = h.relnamespace
            GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5""";

    private final Connection live;

    Sequences(Connection live) {
        this.live = live;
    }

    /// The sequences of some tables.
    Set<TableName> of(Set<TableName> tables) {
        return uses(tables).stream().map(Use::sequence).collect(Collectors.toSet());
    }

    /// Moves what has fallen behind.
    ///
    /// @param tables whose sequences are looked at
    /// @return what was moved, one sentence each
    List<String> advance(Set<TableName> tables) {
        List<String> moved = new ArrayList<>();
        for (Use use : uses(tables)) {
            try {
                advance(use).ifPresent(moved::add);
            } catch (SQLException e) {
                if (StoreFailed.isLost(e)) {
                    throw new StoreFailed("moving sequence " + use.sequence(), e);
                }
                moved.add("sequence %s could NOT be moved: %s".formatted(use.sequence(), e.getMessage()));
            }
        }
        return moved;
    }

    private List<Use> uses(Set<TableName> tables) {
        List<Use> uses = new ArrayList<>();
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery(DRAWN_FROM)) {
            while (row.next()) {
                if (holdsAny(tables, texts(row, "schemas"), texts(row, "tables"))) {
                    uses.add(new Use(
                            new TableName(row.getString(1), row.getString(2)),
                            new TableName(row.getString(3), row.getString(4)),
                            row.getString(5),
                            row.getLong(6),
                            row.getBoolean("number")));
                }
            }
            return uses;
        } catch (SQLException e) {
            throw new StoreFailed("reading the sequences of live", e);
        }
    }

    private static boolean holdsAny(Set<TableName> tables, String[] schemas, String[] names) {
        return IntStream.range(0, names.length).anyMatch(i -> tables.contains(new TableName(schemas[i], names[i])));
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private Optional<String> advance(Use use) throws SQLException {
        if (!use.number()) {
            return Optional.of("sequence %s was left where it is: column \"%s\" of %s is no number"
                    .formatted(use.sequence(), use.column(), use.table()));
        }
        String furthest = Side.oneOrNull(
                live,
                "SELECT %s::int8 FROM %s AS t"
                        .formatted(
                                (use.increment() > 0 ? "ceil(max(t.%s)::numeric)" : "floor(min(t.%s)::numeric)")
                                        .formatted(Quote.name(use.column())),
                                Quote.table(use.table())));
        if (furthest == null) {
            return Optional.empty();
        }
        long at = Long.parseLong(Side.one(
                live,
                "SELECT last_value - (NOT is_called)::int * %d FROM %s"
                        .formatted(use.increment(), Quote.table(use.sequence()))));
        long gap = (Long.parseLong(furthest) - at) * (use.increment() > 0 ? 1 : -1);
        if (gap <= 0) {
            return Optional.empty();
        }
        move(use, Long.parseLong(furthest), gap / Math.abs(use.increment()) + 1);
        return Optional.of("sequence %s moved from %d beyond %s".formatted(use.sequence(), at, furthest));
    }

    private void move(Use use, long to, long steps) throws SQLException {
        String name = Quote.literal(Quote.table(use.sequence())) + "::regclass";
        String sql = steps <= DRAWN
                ? "SELECT count(nextval(%s)) FROM generate_series(1, %d)".formatted(name, steps)
                : "SELECT setval(%s, %d)".formatted(name, to);
        Side.one(live, sql);
    }

    /// A column that draws from a sequence.
    private record Use(TableName sequence, TableName table, String column, long increment, boolean number) {}
}
