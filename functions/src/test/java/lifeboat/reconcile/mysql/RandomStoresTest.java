package lifeboat.reconcile.mysql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.memory.EngineRun;
import lifeboat.reconcile.memory.Mortal;
import lifeboat.reconcile.memory.MortalConnection;
import lifeboat.reconcile.memory.Seeds;
import lifeboat.reconcile.memory.SqlStore;
import lifeboat.reconcile.memory.Traits;
import lifeboat.reconcile.memory.World;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Random schemas, damage, writers and kills on MariaDB and MySQL 8, by the oracle of the stores in memory.
class RandomStoresTest {
    private static final Traits TRAITS =
            new Traits("", List.of("orders", "a.b", "odd \"`name'\né", "x,y=1..2"), true, true, false, 3_000_000, 40);

    @TempDir
    Path folder;

    static Stream<Arguments> seeds() {
        return Stream.of(Engine.values()).flatMap(engine -> Seeds.some(4).mapToObj(seed -> Arguments.of(engine, seed)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageIsRepairedOrListedGoodWritesStayAndUndoBringsBackJustThat(Engine engine, long seed) {
        EngineRun.run(seed, TRAITS, new LocalArchive(folder), world -> new Tables(engine, world));
    }

    /// What chance drew, on a server.
    private static final class Tables extends SqlStore {
        private final Databases databases;
        private final Connection application;

        Tables(Engine engine, World world) {
            super(world.tables());
            try {
                List<String> sql = new ArrayList<>(create());
                sql.addAll(triggers());
                databases = Databases.on(engine, sql.toArray(String[]::new));
                try (Connection copy = unchecked(engine, databases.copy);
                        Connection live = unchecked(engine, databases.live)) {
                    fill(copy, world.copy());
                    fill(live, world.live());
                }
                application = engine.connect(databases.live);
                try (Statement statement = application.createStatement()) {
                    statement.execute("SET innodb_lock_wait_timeout = 1");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /// One table has triggers that write elsewhere.
        private List<String> triggers() {
            List<String> sql = new ArrayList<>(List.of("CREATE TABLE audit (what TEXT)"));
            String table = quoted(tables().getLast().name().name());
            for (String event : List.of("INSERT", "UPDATE", "DELETE")) {
                sql.add("CREATE TRIGGER note_%1$s AFTER %1$s ON %2$s FOR EACH ROW INSERT INTO audit VALUES ('%1$s')"
                        .formatted(event, table));
            }
            return sql;
        }

        private static Connection unchecked(Engine engine, String database) throws SQLException {
            Connection connection = engine.connect(database);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET foreign_key_checks = 0");
            }
            return connection;
        }

        @Override
        protected String quoted(String name) {
            return RowText.name(name);
        }

        @Override
        protected List<String> types() {
            return List.of("LONGTEXT", "VARCHAR(60)", "DATETIME(6)");
        }

        @Override
        protected Connection application() {
            return application;
        }

        @Override
        protected Object spelled(Instant time) {
            return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        }

        @Override
        protected Optional<Instant> time(ResultSet rows, int column) throws SQLException {
            return Optional.ofNullable(rows.getObject(column, LocalDateTime.class))
                    .map(time -> time.toInstant(ZoneOffset.UTC));
        }

        @Override
        public Comparison comparison(Rules rules) {
            return MySqlComparison.open(
                    databases.copyEndpoint(),
                    databases.liveEndpoint(),
                    names(),
                    MySqlTimes.of(rules.explainedBy(), rules.purges()),
                    KeyCuts.Most.A_PIECE);
        }

        @Override
        public Repairs repairs(Mortal process) {
            try {
                return MySqlRepairs.over(
                        databases.copyEndpoint().connect(),
                        MortalConnection.of(databases.liveEndpoint().connect(), process),
                        names(),
                        Triggers.FIRE);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
