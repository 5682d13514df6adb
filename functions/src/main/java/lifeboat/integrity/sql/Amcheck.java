package lifeboat.integrity.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Question;

/// PostgreSQL's own verification of a table's pages and of its B-tree indexes against them.
///
/// The extension is made for the one transaction where it is not there, and is gone with it.
///
/// @see <a href="https://www.postgresql.org/docs/current/amcheck.html">amcheck</a>
final class Amcheck {
    private static final String QUESTION = new Question.EngineSound().text();

    private static final String TABLES = """
            select format('%I.%I', n.nspname, c.relname)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'm') and c.relpersistence = 'p'
               and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
             order by 1
            """;

    private static final String INDEXES = """
            select i.indexrelid::regclass::text
              from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
             where i.indrelid = to_regclass(?) and a.amname = 'btree' and i.indisvalid
             order by 1
            """;

    private Amcheck() {}

    /// The tables that can be verified, partitions among them.
    static List<String> tables(Snapshot database) {
        return database.list(TABLES, row -> row.getString(1));
    }

    /// Verifies one table; the connection's transaction is rolled back.
    static Outcome verify(Connection copy, String table) throws SQLException {
        copy.setAutoCommit(false);
        try {
            extension(copy);
            var broken = damage(copy, table);
            return broken.isEmpty()
                    ? new Outcome.Passed(QUESTION, "amcheck finds tables and indexes sound")
                    : new Outcome.Failed(QUESTION, "%s: %s".formatted(table, String.join("; ", broken)));
        } catch (SQLException e) {
            return new Outcome.Inconclusive(QUESTION, "%s: %s".formatted(table, e.getMessage()));
        } finally {
            copy.rollback();
        }
    }

    private static void extension(Connection copy) throws SQLException {
        try (var statement = copy.createStatement()) {
            statement.execute("set local statement_timeout = '14min'; set local row_security = off");
            statement.execute("create extension if not exists amcheck with schema public");
        }
    }

    private static List<String> damage(Connection copy, String table) throws SQLException {
        var damage = new ArrayList<>(rows(
                copy, "select format('block %s: %s', blkno, msg) from verify_heapam(to_regclass(?)) limit 5", table));
        for (var index : rows(copy, INDEXES, table)) {
            try {
                rows(copy, "select bt_index_check(to_regclass(?), true)::text", index);
            } catch (SQLException e) {
                if (!corruption(e)) {
                    throw e;
                }
                damage.add("index %s: %s".formatted(index, e.getMessage()));
                return damage;
            }
        }
        return damage;
    }

    /// Class XX: what the engine did not expect of its own files.
    ///
    /// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes</a>
    private static boolean corruption(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("XX");
    }

    private static List<String> rows(Connection copy, String sql, String name) throws SQLException {
        try (var statement = copy.prepareStatement(sql)) {
            statement.setString(1, name);
            var rows = new ArrayList<String>();
            try (var answer = statement.executeQuery()) {
                while (answer.next()) {
                    rows.add(answer.getString(1));
                }
            }
            return rows;
        }
    }
}
