package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lifeboat.reconcile.SideEffect;
import lifeboat.reconcile.TableName;

/// What the triggers of a table write besides: the server counts the rows that this session writes, and what the repair
/// itself wrote is taken off. It does not say in which tables; rows of a temporary table that a trigger needs count
/// too, for they cannot be told from others.
///
/// @see <a
/// href="https://dev.mysql.com/doc/refman/8.0/en/server-status-variables.html#statvar_Handler_write">Handler_write</a>
final class TriggerWrites {
    private static final List<String> COUNTERS = List.of("Handler_write", "Handler_update", "Handler_delete");
    private final Connection live;
    private final TableName table;
    private final Map<String, Long> before;

    private TriggerWrites(Connection live, TableName table, Map<String, Long> before) {
        this.live = live;
        this.table = table;
        this.before = before;
    }

    /// Watches from now on.
    static TriggerWrites from(Connection live, TableName table) throws SQLException {
        return new TriggerWrites(live, table, counts(live));
    }

    /// What was written besides.
    ///
    /// @param inserted rows that the repair itself inserted
    /// @param changed rows that it changed
    /// @param deleted rows that it deleted
    List<SideEffect> besides(long inserted, long changed, long deleted) throws SQLException {
        Map<String, Long> now = counts(live);
        List<Long> own = List.of(inserted, changed, deleted);
        long[] besides = new long[COUNTERS.size()];
        boolean any = false;
        for (int i = 0; i < besides.length; i++) {
            String counter = COUNTERS.get(i);
            long all = now.getOrDefault(counter, 0L) - before.getOrDefault(counter, 0L);
            besides[i] = Math.max(0, all - own.get(i));
            any |= besides[i] > 0;
        }
        return any
                ? List.of(new SideEffect(
                        new TableName("", "by triggers of " + table), besides[0], besides[1], besides[2], false))
                : List.of();
    }

    private static Map<String, Long> counts(Connection live) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        String sql = "SHOW SESSION STATUS WHERE variable_name IN ('%s')".formatted(String.join("', '", COUNTERS));
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                counts.put(row.getString(1), row.getLong(2));
            }
        }
        return counts;
    }
}
