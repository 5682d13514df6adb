package lifeboat.reconcile.flow;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import lifeboat.catalog.Resource;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.mysql.Engine;
import lifeboat.reconcile.mysql.MySqlComparison;
import lifeboat.reconcile.mysql.MySqlEndpoint;
import lifeboat.reconcile.mysql.MySqlRepairs;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.Nested;

/// What leaves a reconcile of MariaDB and of MySQL.
class MySqlSecrecyTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Nested
    class OnMariaDb extends OnEngine {
        OnMariaDb() {
            super(Engine.MARIADB);
        }
    }

    @Nested
    class OnMySql extends OnEngine {
        OnMySql() {
            super(Engine.MYSQL);
        }
    }

    private abstract static class OnEngine extends Secrecy {
        private static final String[] CARDS = {
            "CREATE TABLE cards (id VARCHAR(60) PRIMARY KEY, holder LONGTEXT, number BIGINT UNIQUE, spent DECIMAL(20, 2),"
                    + " info JSON, raw BLOB, token CHAR(36), born DATE, kind ENUM('a', 'hiddentext'),"
                    + " kinds SET('a', 'hiddentext'), ratio DOUBLE, updated_at DATETIME(6)) DEFAULT CHARSET utf8mb4",
            "INSERT INTO cards WITH RECURSIVE s AS (SELECT 1 AS g UNION ALL SELECT g + 1 FROM s WHERE g < 9)"
                    + " SELECT CONCAT('key-of-a-customer-', g), CONCAT('hiddentext ', g), 41114111410 + g, 4111411141.5 + g,"
                    + " JSON_OBJECT('hiddenfield', 'hiddentext'), x'deadbeef', 'a1a1a1a1-0000-0000-0000-000000000000',"
                    + " '1977-07-07', 'hiddentext', 'a,hiddentext', 4111411141.25, '1977-07-07' FROM s"
        };

        private final Engine engine;
        private final String copy = "secret_copy_" + NUMBER.incrementAndGet();
        private final String live = "secret_live_" + NUMBER.get();

        OnEngine(Engine engine) {
            this.engine = engine;
        }

        @Override
        Shop filled(Path archive) {
            for (String database : List.of(copy, live)) {
                run("test", "CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
                run(database, CARDS);
            }
            return new Shop(archive, sides(engine.url(copy, "root"), engine.url(live, "root")));
        }

        @Override
        void damage() {
            run(
                    live,
                    "DELETE FROM cards WHERE id LIKE '%-1'",
                    "UPDATE cards SET holder = 'hiddentext other', spent = spent + 1, info = '{\"hiddentext\": 4111411141}',"
                            + " raw = x'deadbeef00', kind = 'a', kinds = 'a', ratio = 4111411141.5 WHERE id LIKE '%-2'",
                    "INSERT INTO cards (id, holder, number, updated_at) VALUES"
                            + " ('key-of-a-customer-77', 'hiddentext', 41114111411, '1977-07-07')");
        }

        @Override
        void damageAgain() {
            run(live, "UPDATE cards SET holder = 'hiddentext again' WHERE id LIKE '%-2'");
        }

        @Override
        void refuseWrites() {
            for (String event : List.of("INSERT", "UPDATE", "DELETE")) {
                run(
                        live,
                        ("CREATE TRIGGER refuse_%1$s BEFORE %1$s ON cards FOR EACH ROW BEGIN DECLARE said TEXT DEFAULT"
                                        + " CONCAT('card ', %2$s.number, ' of ', %2$s.holder);"
                                        + " SIGNAL SQLSTATE '42000' SET MESSAGE_TEXT = said, MYSQL_ERRNO = 3100; END")
                                .formatted(event, event.equals("DELETE") ? "OLD" : "NEW"));
            }
        }

        @Override
        Sides unreachable() {
            return sides(
                    "jdbc:mariadb://127.0.0.1:1/nowhere?user=root", "jdbc:mariadb://127.0.0.1:1/nowhere?user=root");
        }

        @Override
        String table() {
            return "cards";
        }

        private void run(String database, String... sql) {
            try {
                engine.run(database, sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Sides sides(String copyUrl, String liveUrl) {
            return new Sides() {
                @Override
                public Comparison comparison(
                        Resource resource,
                        CopyName copy,
                        Set<TableName> tables,
                        Optional<String> explainedBy,
                        List<PurgeRule> purges) {
                    return MySqlComparison.open(
                            new MySqlEndpoint(copyUrl), new MySqlEndpoint(liveUrl), tables, explainedBy, purges);
                }

                @Override
                public Repairs repairs(
                        Resource resource, CopyName copy, Set<TableName> tables, Triggers triggers, RepairLease lease) {
                    return MySqlRepairs.open(new MySqlEndpoint(copyUrl), new MySqlEndpoint(liveUrl), tables, triggers);
                }

                @Override
                public TableName table(Resource resource, String typed) {
                    return TableName.of(typed);
                }
            };
        }
    }
}
