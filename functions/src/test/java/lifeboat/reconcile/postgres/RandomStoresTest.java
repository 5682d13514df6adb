package lifeboat.reconcile.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
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
import org.junit.jupiter.params.provider.MethodSource;

/// Random schemas, damage, writers and kills on PostgreSQL, by the oracle of the stores in memory.
class RandomStoresTest {
    private static final Traits TRAITS = new Traits(
            "public", List.of("orders", "a.b", "odd \"name\"\n😀", "x,y=1..2"), true, true, false, 3_000_000, 40);

    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.some(6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageIsRepairedOrListedGoodWritesStayAndUndoBringsBackJustThat(long seed) {
        EngineRun.run(seed, TRAITS, new LocalArchive(folder), Tables::new);
    }

    /// What chance drew, on the server.
    private static final class Tables extends SqlStore {
        private final Databases databases;
        private final Connection application;

        Tables(World world) {
            super(world.tables());
            try {
                List<String> sql = new ArrayList<>(create());
                sql.addAll(triggers());
                databases = Databases.with(sql.toArray(String[]::new));
                try (Connection copy = unchecked(databases.copy);
                        Connection live = unchecked(databases.live)) {
                    fill(copy, world.copy());
                    fill(live, world.live());
                }
                application = Databases.connect(databases.live);
                try (Statement statement = application.createStatement()) {
                    statement.execute("SET lock_timeout = '100ms'");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /// One table has triggers that write elsewhere.
        private List<String> triggers() {
            return List.of(
                    "CREATE TABLE audit (what text)",
                    "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS "
                            + "$$BEGIN INSERT INTO audit VALUES (TG_OP); RETURN NULL; END$$",
                    "CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION note()"
                            .formatted(quoted(tables().getLast().name().name())));
        }

        private static Connection unchecked(String database) throws SQLException {
            Connection connection = Databases.connect(database);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET session_replication_role = replica");
            }
            return connection;
        }

        @Override
        protected String quoted(String name) {
            return Quote.name(name);
        }

        @Override
        protected List<String> types() {
            return List.of("text", "text", "timestamptz");
        }

        @Override
        protected Connection application() {
            return application;
        }

        @Override
        protected Object spelled(Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        }

        @Override
        protected Optional<Instant> time(ResultSet rows, int column) throws SQLException {
            return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant);
        }

        @Override
        public Comparison comparison(Rules rules) {
            Scope scope = new Scope(names(), rules.explainedBy(), rules.purges());
            return PostgresComparison.open(databases.copyEndpoint(), databases.liveEndpoint(), scope, 7);
        }

        @Override
        public Repairs repairs(Mortal process) {
            try {
                return PostgresRepairs.over(
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
