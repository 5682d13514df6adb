package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.failure.sql.SqlFailure;
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

    /// What the user needs on sequences that will have to be moved, or of which that cannot be read.
    ///
    /// @param tables those that rows come to, or change in
    /// @param inCopy where the copy's sequences stand
    List<String> missing(Set<TableName> tables, Map<TableName, SequenceState> inCopy) throws SQLException {
        List<String> missing = new ArrayList<>();
        Map<TableName, SequenceState> states = SequenceState.all(live);
        for (Use use : uses(tables)) {
            if (use.number()) {
                missing.addAll(missing(use, Optional.ofNullable(states.get(use.sequence())), inCopy));
            }
        }
        return missing;
    }

    private List<String> missing(Use use, Optional<SequenceState> state, Map<TableName, SequenceState> inCopy)
            throws SQLException {
        if (state.flatMap(SequenceState::at).isEmpty()) {
            return List.of("USAGE on sequence %s".formatted(use.sequence()));
        }
        Optional<Move> due = due(use, state.get(), inCopy);
        boolean able = due.isEmpty() || may(use, "UPDATE") || (due.get().steps() <= DRAWN && may(use, "USAGE"));
        return able ? List.of() : List.of("UPDATE on sequence %s".formatted(use.sequence()));
    }

    private boolean may(Use use, String right) throws SQLException {
        return Side.one(
                        live,
                        "SELECT has_sequence_privilege(%s::regclass, '%s')"
                                .formatted(Quote.literal(Quote.table(use.sequence())), right))
                .equals("t");
    }

    /// Moves what has fallen behind the values of its columns, or behind where it stood in the copy.
    ///
    /// @param tables whose sequences are looked at
    /// @param inCopy where the copy's sequences stand
    /// @return what was moved, one sentence each
    List<String> advance(Set<TableName> tables, Map<TableName, SequenceState> inCopy) {
        List<String> moved = new ArrayList<>();
        for (Use use : uses(tables)) {
            try {
                advance(use, inCopy).ifPresent(moved::add);
            } catch (SQLException e) {
                if (StoreFailed.isLost(e)) {
                    throw new StoreFailed("moving sequence " + use.sequence(), e);
                }
                moved.add("sequence %s could NOT be moved: %s".formatted(use.sequence(), SqlFailure.text(e)));
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

    private Optional<String> advance(Use use, Map<TableName, SequenceState> inCopy) throws SQLException {
        if (!use.number()) {
            return Optional.of("sequence %s was left where it is: column \"%s\" of %s is no number"
                    .formatted(use.sequence(), use.column(), use.table()));
        }
        SequenceState state = SequenceState.all(live).get(use.sequence());
        if (state == null || state.at().isEmpty()) {
            return Optional.of("sequence %s could NOT be moved: the user needs USAGE on it".formatted(use.sequence()));
        }
        Optional<Move> due = due(use, state, inCopy);
        if (due.isEmpty()) {
            return Optional.empty();
        }
        move(use, due.get());
        return Optional.of("sequence %s moved from %d beyond %d"
                .formatted(use.sequence(), due.get().from(), due.get().to()));
    }

    /// How far it has to go; empty: it stands beyond every value, and not before the copy's.
    private Optional<Move> due(Use use, SequenceState state, Map<TableName, SequenceState> inCopy) throws SQLException {
        int way = use.increment() > 0 ? 1 : -1;
        String furthest = Side.oneOrNull(
                live,
                "SELECT %s::int8 FROM %s AS t"
                        .formatted(
                                (way > 0 ? "ceil(max(t.%s)::numeric)" : "floor(min(t.%s)::numeric)")
                                        .formatted(Quote.name(use.column())),
                                Quote.table(use.table())));
        List<Long> passed = new ArrayList<>();
        if (furthest != null) {
            passed.add(Long.parseLong(furthest));
        }
        Optional.ofNullable(inCopy.get(use.sequence()))
                .filter(copy -> !copy.cycles() && copy.increment() == state.increment())
                .flatMap(SequenceState::at)
                .ifPresent(passed::add);
        long from = state.at().orElseThrow();
        return passed.stream()
                .max(Comparator.comparingLong(value -> value * way))
                .filter(to -> (to - from) * way > 0)
                .map(to -> new Move(from, to, -Math.floorDiv(from - to, use.increment())));
    }

    private void move(Use use, Move due) throws SQLException {
        String name = Quote.literal(Quote.table(use.sequence())) + "::regclass";
        String sql = due.steps() <= DRAWN
                ? "SELECT count(nextval(%s)) FROM generate_series(1, %d)".formatted(name, due.steps())
                : "SELECT setval(%s, %d)".formatted(name, due.to());
        Side.one(live, sql);
    }

    /// @param steps values to be drawn until it stands beyond
    private record Move(long from, long to, long steps) {}

    /// A column that draws from a sequence.
    private record Use(TableName sequence, TableName table, String column, long increment, boolean number) {}
}
