package lifeboat.integrity.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lifeboat.integrity.Outcome;

/// What the verification of one piece found, statement by statement: one that fails does not keep the next from
/// running.
final class EngineFindings {
    private static final int SHOWN = 5;

    private final Connection copy;
    private final Set<String> damage = new LinkedHashSet<>();
    private final Set<String> gaps = new LinkedHashSet<>();

    EngineFindings(Connection copy) {
        this.copy = copy;
    }

    /// What is done with a row.
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// The rows of an answer; none where the engine found damage on the way, which is noted.
    ///
    /// @param what is read, for the note
    <T> List<T> rows(String what, String sql, Reader<T> reader, Object... parameters) throws SQLException {
        var rows = new ArrayList<T>();
        var savepoint = copy.setSavepoint();
        try (var statement = prepared(sql, parameters);
                var answer = statement.executeQuery()) {
            while (answer.next()) {
                rows.add(reader.read(answer));
            }
        } catch (SQLException e) {
            copy.rollback(savepoint);
            note(what, e);
            return List.of();
        }
        copy.releaseSavepoint(savepoint);
        return rows;
    }

    /// Executes what may meet damage on the way and gives no answer.
    void update(String what, String sql) throws SQLException {
        var savepoint = copy.setSavepoint();
        try {
            execute(sql);
            copy.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            copy.rollback(savepoint);
            note(what, e);
        }
    }

    /// Executes what gives no answer.
    void execute(String sql) throws SQLException {
        try (var statement = copy.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Notes damage.
    void damaged(String what) {
        damage.add(what);
    }

    /// Notes what could not be found out.
    void unknown(String what) {
        gaps.add(what);
    }

    boolean isDamaged() {
        return !damage.isEmpty();
    }

    boolean hasGaps() {
        return !gaps.isEmpty();
    }

    Outcome outcome(String question, String sound) {
        if (!damage.isEmpty()) {
            return new Outcome.Failed(question, shown(damage));
        }
        return gaps.isEmpty() ? new Outcome.Passed(question, sound) : new Outcome.Inconclusive(question, shown(gaps));
    }

    /// Class XX: what the engine did not expect of its own files; 58: files that it does not find or cannot read; 22:
    /// values that are none of their type.
    ///
    /// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes</a>
    private void note(String what, SQLException e) throws SQLException {
        var state = String.valueOf(e.getSQLState());
        if (state.startsWith("08") || state.startsWith("57P")) {
            throw e;
        }
        var said = "%s: %s".formatted(what, Unreadable.said(e));
        if (state.startsWith("XX") || state.startsWith("58") || state.startsWith("22")) {
            damage.add(said);
        } else {
            gaps.add(said);
        }
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        var statement = copy.prepareStatement(sql);
        for (var i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static String shown(Set<String> findings) {
        var first = String.join("; ", findings.stream().limit(SHOWN).toList());
        return findings.size() <= SHOWN ? first : "%s; and %d more".formatted(first, findings.size() - SHOWN);
    }
}
