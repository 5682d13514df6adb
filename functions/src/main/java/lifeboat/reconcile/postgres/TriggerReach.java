package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import lifeboat.reconcile.SideEffect;
import lifeboat.reconcile.TableName;

/// What triggers write besides in the current transaction, whatever their code reaches: the server counts for every
/// table the rows that a transaction writes, and what the repair itself wrote is taken off.
///
/// Not seen are sequences, notifications, files, and other databases. A part of a trigger that fails and is caught
/// counts as if it had been written.
///
/// @see <a href="https://www.postgresql.org/docs/current/monitoring-stats.html">pg_stat_xact_all_tables</a>
final class TriggerReach {
    /// Since the last report of the session, which is at the end of some transaction: only differences tell.
    private static final String COUNTS = """
            SELECT schemaname, relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_all_tables
            WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND schemaname <> 'information_schema'
              AND schemaname !~ '^pg_(toast|temp)' AND (schemaname <> 'pg_catalog' OR relname = 'pg_largeobject')""";

    /// A table that is emptied gets other files, and so another entry: by this transaction, a part of it, or a later
    /// one.
    private static final String ALTERED = """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND age(c.xmin) <= age(pg_current_xact_id()::xid)
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'""";

    private final Connection live;
    private final Map<TableName, Written> before;
    private final Map<TableName, Written> own = new HashMap<>();

    private TriggerReach(Connection live, Map<TableName, Written> before) {
        this.live = live;
        this.before = before;
    }

    /// Rows that were written in a table.
    private record Written(long inserted, long changed, long deleted) {
        static final Written NOTHING = new Written(0, 0, 0);

        Written plus(Written other) {
            return new Written(inserted + other.inserted, changed + other.changed, deleted + other.deleted);
        }

        Written less(Written other) {
            return new Written(inserted - other.inserted, changed - other.changed, deleted - other.deleted);
        }
    }

    /// Watches from now on.
    static TriggerReach from(Connection live) throws SQLException {
        return new TriggerReach(live, counts(live));
    }

    /// Rows that the repair itself wrote.
    void wrote(TableName table, long inserted, long changed, long deleted) {
        own.merge(table, new Written(inserted, changed, deleted), Written::plus);
    }

    /// What was written besides.
    List<SideEffect> besides() throws SQLException {
        Map<TableName, Written> now = counts(live);
        var altered = new TreeSet<>(altered());
        var tables = new TreeSet<>(now.keySet());
        tables.addAll(altered);
        List<SideEffect> effects = new ArrayList<>();
        for (TableName table : tables) {
            Written rest = now.getOrDefault(table, Written.NOTHING)
                    .less(before.getOrDefault(table, Written.NOTHING))
                    .less(own.getOrDefault(table, Written.NOTHING));
            if (!rest.equals(Written.NOTHING) || altered.contains(table)) {
                effects.add(new SideEffect(
                        table, rest.inserted(), rest.changed(), rest.deleted(), altered.contains(table)));
            }
        }
        return effects;
    }

    private static Map<TableName, Written> counts(Connection live) throws SQLException {
        Map<TableName, Written> counts = new TreeMap<>();
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery(COUNTS)) {
            while (row.next()) {
                counts.put(
                        new TableName(row.getString(1), row.getString(2)),
                        new Written(row.getLong(3), row.getLong(4), row.getLong(5)));
            }
        }
        return counts;
    }

    private List<TableName> altered() throws SQLException {
        List<TableName> altered = new ArrayList<>();
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery(ALTERED)) {
            while (row.next()) {
                altered.add(new TableName(row.getString(1), row.getString(2)));
            }
        }
        return altered;
    }
}
