package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lifeboat.integrity.sql.Unreadable;
import lifeboat.reconcile.Counts;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.sql.Both;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;

/// Compares one piece in the cheapest way that its two sides allow.
final class TableComparison {
    private final Side copy;
    private final Side live;
    private final TablePair table;
    private final TableQueries queries;
    private final String label;

    TableComparison(Side copy, Side live, Piece piece, TableQueries queries) {
        this.copy = copy;
        this.live = live;
        this.table = piece.table();
        this.queries = queries;
        this.label = piece.label();
    }

    /// A table that cannot be read is told; a database that is gone is thrown.
    TableOutcome compare(Consumer<Difference> differences) {
        try {
            return guarded(differences);
        } catch (SQLException e) {
            return unreadable(e);
        }
    }

    private TableOutcome guarded(Consumer<Difference> differences) throws SQLException {
        onAll("SAVEPOINT piece");
        Counts read = rows(differences);
        onAll("RELEASE SAVEPOINT piece");
        return new TableOutcome.Compared(table.name(), read, List.of(), RowHash.rules(table));
    }

    private TableOutcome unreadable(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (StoreFailed.isLost(e)) {
            throw new StoreFailed("comparing " + label, e);
        }
        try {
            onAll("ROLLBACK TO SAVEPOINT piece");
        } catch (SQLException gone) {
            gone.addSuppressed(e);
            throw new StoreFailed("comparing " + label, gone);
        }
        var why = state.equals("42501") ? TableOutcome.Why.NOT_PERMITTED : TableOutcome.Why.UNREADABLE;
        return new TableOutcome.NotCompared(table.name(), why, Unreadable.said(e));
    }

    private void onAll(String sql) throws SQLException {
        for (var connection : List.of(copy.stream(), copy.lookup(), live.stream(), live.lookup())) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    private Counts rows(Consumer<Difference> differences) throws SQLException {
        PageComparison pages = new PageComparison(copy, live, queries);
        boolean all = pages.run();
        if (all && table.hasKey()) {
            match(pages, differences);
            return read(pages.copyRows(), pages.liveRows());
        }
        if (all && pages.foundNothing()) {
            return read(pages.copyRows(), pages.liveRows());
        }
        return table.hasKey() ? byKey(differences) : byContent(differences);
    }

    private void match(PageComparison pages, Consumer<Difference> differences) throws SQLException {
        Lookup left = new Lookup(copy, queries);
        Lookup right = new Lookup(live, queries);
        Both<Map<Long, Lookup.Found>> rows =
                Both.ask(() -> left.at(pages.onlyCopy()), () -> right.at(pages.onlyLive()));
        new Match(table.name(), differences).emit(rows);
    }

    private Counts byKey(Consumer<Difference> differences) throws SQLException {
        KeyOrder order = new KeyOrder(copy, live, queries, differences);
        order.run();
        return read(order.copyRows(), order.liveRows());
    }

    private Counts byContent(Consumer<Difference> differences) throws SQLException {
        Multiset multiset = new Multiset(table.name(), differences);
        multiset.run(copy, live, queries);
        return read(multiset.copyRows(), multiset.liveRows());
    }

    private static Counts read(long copyRows, long liveRows) {
        return new Counts(copyRows, liveRows, Map.of(), Map.of());
    }
}
