package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import lifeboat.catalog.Invalid;
import lifeboat.failure.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/// Settings of a session that change what a query answers, or what a write is checked for. Whatever the server, its
/// account or its `init_connect` begin with: they are set, read back, and a session that has others is refused.
///
/// @see <a href="https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html">MySQL: system variables</a>
/// @see <a href="https://mariadb.com/kb/en/server-system-variables/">MariaDB: system variables</a>
final class SessionSettings {
    private static final String MODE = "sql_mode";
    private static final int UNKNOWN_VARIABLE = 1193;

    /// Name, and the value as the server shows it. What a server does not know is left out.
    private static final Map<String, String> WANTED = wanted();

    private SessionSettings() {}

    private static Map<String, String> wanted() {
        Map<String, String> wanted = new LinkedHashMap<>();
        // How many rows a query answers.
        wanted.put("sql_select_limit", "18446744073709551615");
        wanted.put("sql_big_selects", "ON");
        wanted.put("max_statement_time", "0.000000");
        wanted.put("max_execution_time", "0");
        wanted.put("system_versioning_asof", "DEFAULT");
        wanted.put("use_secondary_engine", "OFF");
        wanted.put("query_cache_type", "OFF");
        wanted.put("transaction_isolation", "REPEATABLE-READ");
        wanted.put("tx_isolation", "REPEATABLE-READ");
        wanted.put("autocommit", "ON");
        wanted.put("completion_type", "NO_CHAIN");
        // What a query means, and what a value looks like. Not strict: only so an `enum` takes the empty string that it
        // held before; what live makes of a row is compared after the write.
        wanted.put(MODE, "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES,NO_ENGINE_SUBSTITUTION");
        wanted.put("old_mode", "");
        wanted.put("sql_auto_is_null", "OFF");
        wanted.put("time_zone", "+00:00");
        wanted.put("div_precision_increment", "4");
        wanted.put("group_concat_max_len", "4294967295");
        wanted.put("max_sort_length", "1024");
        wanted.put("sql_quote_show_create", "ON");
        wanted.put("character_set_client", "utf8mb4");
        wanted.put("character_set_connection", "utf8mb4");
        wanted.put("character_set_results", "utf8mb4");
        wanted.put("collation_connection", "utf8mb4_bin");
        // What the catalog tells.
        wanted.put("show_gipk_in_create_table_and_information_schema", "ON");
        wanted.put("information_schema_stats_expiry", "0");
        // What a write is checked for.
        wanted.put("foreign_key_checks", "ON");
        wanted.put("unique_checks", "ON");
        wanted.put("check_constraint_checks", "ON");
        wanted.put("sql_safe_updates", "OFF");
        // How long something waits.
        wanted.put("innodb_lock_wait_timeout", "10");
        wanted.put("lock_wait_timeout", "30");
        wanted.put("net_write_timeout", "600");
        wanted.put("wait_timeout", "28800");
        wanted.put("idle_transaction_timeout", "0");
        wanted.put("idle_readonly_transaction_timeout", "0");
        wanted.put("idle_write_transaction_timeout", "0");
        return wanted;
    }

    /// @param endpoint for messages
    /// @throws Invalid when the server has it otherwise
    static void apply(Connection connection, MySqlEndpoint endpoint) throws SQLException {
        apply(connection, endpoint, WANTED);
    }

    static void apply(Connection connection, MySqlEndpoint endpoint, Map<String, String> wanted) throws SQLException {
        Map<String, String> known = new LinkedHashMap<>(wanted);
        try (Statement statement = connection.createStatement()) {
            unlimit(statement);
            statement.execute("SET NAMES utf8mb4 COLLATE utf8mb4_bin");
            known.keySet().retainAll(read(statement).keySet());
            statement.execute(statement(known));
        } catch (SQLException e) {
            if (MySqlErrors.isLost(e)) {
                throw e;
            }
            throw refused(endpoint, SqlFailure.text(e), e);
        }
        try (Statement statement = connection.createStatement()) {
            Map<String, String> found = read(statement);
            List<String> others = new ArrayList<>();
            known.forEach((name, value) -> {
                if (!same(name, value, found.get(name))) {
                    others.add("%s is \"%s\", not \"%s\"".formatted(name, found.get(name), value));
                }
            });
            if (!others.isEmpty()) {
                throw refused(endpoint, String.join(", ", others), null);
            }
        }
    }

    /// First, so that nothing of the rest is cut off.
    private static void unlimit(Statement statement) throws SQLException {
        for (String limit : List.of("max_statement_time = 0", "max_execution_time = 0")) {
            try {
                statement.execute("SET SESSION " + limit);
            } catch (SQLException e) {
                if (e.getErrorCode() != UNKNOWN_VARIABLE) {
                    throw e;
                }
            }
        }
        statement.execute("SET SESSION sql_select_limit = 18446744073709551615, SESSION sql_big_selects = 1");
    }

    private static Invalid refused(MySqlEndpoint endpoint, String why, @Nullable Throwable cause) {
        Invalid refused = new Invalid(
                "LB-480",
                ("session of %s is not allowed: its settings could hide rows or let wrong ones in, and cannot be set: %s;"
                                + " hint: look at init_connect and at what the user may set")
                        .formatted(endpoint, why));
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    private static String statement(Map<String, String> settings) {
        List<String> sets = new ArrayList<>();
        settings.forEach((name, value) -> {
            if (!name.startsWith("character_set_") && !name.startsWith("collation_")) {
                sets.add("SESSION %s = %s".formatted(name, literal(name, value)));
            }
        });
        return "SET " + String.join(", ", sets);
    }

    private static String literal(String name, String value) {
        boolean bare = value.matches("[0-9.]+") || name.equals("system_versioning_asof");
        return bare ? value : "'" + value + "'";
    }

    private static boolean same(String name, String wanted, @Nullable String found) {
        if (!name.equals(MODE) || found == null) {
            return wanted.equals(found);
        }
        return new TreeSet<>(Arrays.asList(wanted.split(",", -1)))
                .equals(new TreeSet<>(Arrays.asList(found.split(",", -1))));
    }

    private static Map<String, String> read(Statement statement) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (ResultSet row = statement.executeQuery("SHOW SESSION VARIABLES")) {
            while (row.next()) {
                found.put(row.getString(1).toLowerCase(Locale.ROOT), String.valueOf(row.getString(2)));
            }
        }
        return found;
    }
}
