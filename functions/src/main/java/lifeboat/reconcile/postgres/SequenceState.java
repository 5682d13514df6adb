package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lifeboat.reconcile.TableName;

/// Where a sequence stands.
///
/// @param increment from value to value; negative: it counts down
/// @param cycles whether it begins anew at its end, so that an earlier position says nothing
/// @param at the value drawn last, or that before its first; empty: the user may not read it
record SequenceState(long increment, long cache, boolean cycles, Optional<Long> at) {
    /// What the server writes ahead of the values that were drawn: a copy that was restored may be so many further.
    private static final long WRITTEN_AHEAD = 32;

    /// Positions are read with either right; which of them somebody has is not for the query to guess.
    private static final String ALL = """
            SELECT s.schemaname, s.sequencename, s.increment_by, s.cache_size, s.cycle,
              CASE WHEN has_sequence_privilege(c.oid, 'USAGE') OR has_sequence_privilege(c.oid, 'SELECT')
                THEN coalesce(s.last_value, s.start_value - s.increment_by) END
            FROM pg_sequences s JOIN pg_namespace n ON n.nspname = s.schemaname
            JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.sequencename
            WHERE s.schemaname !~ '^pg_' AND s.schemaname <> 'information_schema'""";

    /// All sequences of a database.
    static Map<TableName, SequenceState> all(Connection database) throws SQLException {
        Map<TableName, SequenceState> states = new TreeMap<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            while (row.next()) {
                long at = row.getLong(6);
                Optional<Long> position = row.wasNull() ? Optional.empty() : Optional.of(at);
                states.put(
                        new TableName(row.getString(1), row.getString(2)),
                        new SequenceState(row.getLong(3), row.getLong(4), row.getBoolean(5), position));
            }
        }
        return states;
    }

    /// Whether live's stands before what the copy's had already passed, by more than a restore adds.
    boolean isPassedBy(SequenceState copy) {
        if (cycles || at.isEmpty() || copy.at.isEmpty()) {
            return false;
        }
        long steps = (copy.at.get() - at.get()) / increment;
        return steps > WRITTEN_AHEAD + Math.max(cache, copy.cache);
    }
}
