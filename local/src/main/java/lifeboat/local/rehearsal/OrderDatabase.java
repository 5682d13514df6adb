package lifeboat.local.rehearsal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import lifeboat.aws.Clients;
import lifeboat.catalog.Resource;
import lifeboat.local.engine.EngineFailure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.Endpoint;

/// A PostgreSQL database of orders, on an instance of RDS.
final class OrderDatabase implements Shop {
    private static final String USER = "shop";
    private static final int STEP = 20_000;

    private final Resource.RdsInstance resource;
    private final Clients aws;
    private final int size;
    private final String password;
    private final OrderTables tables;
    private final String table;
    private final String content;
    private final Journal journal = new Journal();
    private final AtomicInteger next;
    private @Nullable Connection live;

    OrderDatabase(Resource.RdsInstance resource, Clients aws, int size, long seed) {
        this.resource = resource;
        this.aws = aws;
        this.size = size;
        this.password = "pw-%016x".formatted(seed * 0x9E3779B97F4A7C15L);
        this.next = new AtomicInteger(size);
        this.tables = OrderTables.of(resource);
        this.table = tables.main();
        this.content = "concat_ws('|', customer, status, total::text, details::text, (%s at time zone 'UTC')::text)"
                .formatted(tables.time());
    }

    @Override
    public Resource resource() {
        return resource;
    }

    @Override
    public String things() {
        return table;
    }

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public void open(IntConsumer progress) {
        create();
        try (Connection connection = connect(resource.instance());
                Statement statement = connection.createStatement()) {
            makeTable(statement);
            for (int from = 0; from < size; from += STEP) {
                int to = Math.min(from + STEP, size);
                statement.execute("""
                        insert into %s select g, 'customer ' || g %% 9973 || ' ☂', 'paid', (g %% 40000) / 100.0 + 1,
                            jsonb_build_object('lines', g %% 7 + 1, 'gift', g %% 11 = 0), clock_timestamp()
                        from generate_series(%d, %d) g
                        """.formatted(table, from, to - 1));
                progress.accept(to);
            }
            statement.execute("create index on %s (%s)".formatted(table, tables.time()));
            makeOthers(statement);
            statement.execute("analyze");
        } catch (SQLException failure) {
            throw new EngineFailure("%s could not be loaded: %s".formatted(table, failure.getMessage()), failure);
        }
        journal.open(rows(resource.instance()));
    }

    private void makeTable(Statement statement) throws SQLException {
        for (String schema : tables.schemas().toList()) {
            statement.execute("create schema if not exists " + schema);
        }
        statement.execute("""
                create table %s (
                    id bigint primary key, customer text not null, status text not null,
                    total numeric(12, 2) not null, details jsonb, %s timestamptz not null)
                """.formatted(table, tables.time()));
    }

    // What other checks look into is there as well, smaller; nobody writes to it.
    private void makeOthers(Statement statement) throws SQLException {
        for (String other : tables.others()) {
            statement.execute("create table %s (like %s including all)".formatted(other, table));
            statement.execute("insert into %s select * from %s where id %% 10 = 0".formatted(other, table));
        }
    }

    // SuppressWarnings: the SDK's consumers of builders are generic varargs
    @SuppressWarnings("unchecked")
    private void create() {
        aws.rds()
                .createDBInstance(create -> create.dbInstanceIdentifier(resource.instance())
                        .engine("postgres")
                        .engineVersion("18.6")
                        .dbInstanceClass("db.t4g.medium")
                        .allocatedStorage(20)
                        .dbName(resource.sql().database())
                        .masterUsername(USER)
                        .masterUserPassword(password)
                        .multiAZ(true)
                        .deletionProtection(true)
                        .backupRetentionPeriod(7)
                        .vpcSecurityGroupIds("sg-0a1b2c3d", "sg-4e5f6a7b")
                        .dbSubnetGroupName("private")
                        .dbParameterGroupName("orders-postgres18")
                        .enableIAMDatabaseAuthentication(true)
                        .enableCloudwatchLogsExports("postgresql")
                        .copyTagsToSnapshot(true)
                        .tags(
                                tag -> tag.key("env").value("prod"),
                                tag -> tag.key("backup").value("true")));
        String secret = JsonNodeFactory.instance
                .objectNode()
                .put("username", USER)
                .put("password", password)
                .put("engine", "postgres")
                .toString();
        aws.secrets()
                .createSecret(
                        create -> create.name(resource.sql().credentials()).secretString(secret));
    }

    @Override
    public String writtenAt() {
        return tables.time();
    }

    @Override
    public void write(RandomGenerator dice) {
        boolean fresh = dice.nextInt(4) == 0;
        int id = fresh ? next.getAndIncrement() : dice.nextInt(size);
        put(
                id,
                "customer " + dice.nextInt(9973),
                fresh ? "new" : "shipped",
                dice.nextInt(1, 40_000),
                Instant.now(),
                false);
    }

    /// A script that knows nothing of the column with the time of the last write: it stays as it was.
    @Override
    public void damage(RandomGenerator dice) {
        int each = Math.max(1, size / 1000);
        for (int i = 0; i < each; i++) {
            delete(dice.nextInt(size));
            corrupt(dice.nextInt(size));
        }
        Instant longAgo = Instant.now().minus(Duration.ofDays(1));
        for (int i = 0; i < Math.max(1, each / 4); i++) {
            put(next.getAndIncrement(), "null null", "paid", 0, longAgo, true);
        }
    }

    private synchronized void corrupt(int id) {
        String sql =
                "update %s set customer = '', total = -total where id = %d returning %s".formatted(table, id, content);
        try (Statement statement = live().createStatement()) {
            Instant sentAt = Instant.now();
            try (ResultSet row = statement.executeQuery(sql)) {
                if (row.next()) {
                    Optional<String> content = Optional.of(row.getString(1));
                    journal.add(new Journal.Write(Integer.toString(id), sentAt, Instant.now(), content, true));
                }
            }
        } catch (SQLException failure) {
            throw new EngineFailure("order %d could not be damaged".formatted(id), failure);
        }
    }

    private synchronized void put(
            int id, String customer, String status, int cents, Instant writtenAt, boolean damage) {
        Instant updatedAt = writtenAt.truncatedTo(ChronoUnit.MICROS);
        String sql = """
                insert into %s values (?, ?, ?, ?::numeric / 100, jsonb_build_object('lines', 1, 'gift', false), ?)
                on conflict (id) do update set customer = excluded.customer, status = excluded.status,
                    total = excluded.total, details = excluded.details, %s = excluded.%s
                returning %s
                """.formatted(table, tables.time(), tables.time(), content);
        try (PreparedStatement statement = live().prepareStatement(sql)) {
            statement.setLong(1, id);
            statement.setString(2, customer);
            statement.setString(3, status);
            statement.setInt(4, cents);
            statement.setObject(5, OffsetDateTime.ofInstant(updatedAt, ZoneOffset.UTC));
            Instant sentAt = Instant.now();
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Optional<String> content = Optional.of(row.getString(1));
                journal.add(new Journal.Write(Integer.toString(id), sentAt, Instant.now(), content, damage));
            }
        } catch (SQLException failure) {
            throw new EngineFailure("order %d could not be written".formatted(id), failure);
        }
    }

    private synchronized void delete(int id) {
        try (Statement statement = live().createStatement()) {
            Instant sentAt = Instant.now();
            statement.executeUpdate("delete from %s where id = %d".formatted(table, id));
            journal.add(new Journal.Write(Integer.toString(id), sentAt, Instant.now(), Optional.empty(), true));
        } catch (SQLException failure) {
            throw new EngineFailure("order %d could not be deleted".formatted(id), failure);
        }
    }

    @Override
    public Map<String, String> rows(String instance) {
        Map<String, String> rows = HashMap.newHashMap(size);
        try (Connection connection = connect(instance)) {
            connection.setAutoCommit(false); // only so does the driver fetch in portions
            try (PreparedStatement query =
                    connection.prepareStatement("select id, %s from %s".formatted(content, table))) {
                query.setFetchSize(5_000);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        rows.put(row.getString(1), row.getString(2));
                    }
                }
            }
            return rows;
        } catch (SQLException failure) {
            throw new EngineFailure("orders of instance \"%s\" could not be read".formatted(instance), failure);
        }
    }

    private Connection live() throws SQLException {
        Connection open = live;
        if (open == null) {
            open = connect(resource.instance());
            live = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        try {
            if (live != null) {
                live.close();
            }
        } catch (SQLException failure) {
            throw new EngineFailure("the shop could not be closed", failure);
        }
    }

    private Connection connect(String instance) throws SQLException {
        Endpoint endpoint = endpoint(instance);
        String url = "jdbc:postgresql://%s:%d/%s"
                .formatted(endpoint.address(), endpoint.port(), resource.sql().database());
        return DriverManager.getConnection(url, USER, password);
    }

    // An instance has no endpoint before it is there.
    private Endpoint endpoint(String instance) {
        for (int tries = 0; tries < 600; tries++) {
            @Nullable
            Endpoint endpoint = aws.rds()
                    .describeDBInstances(describe -> describe.dbInstanceIdentifier(instance))
                    .dbInstances()
                    .getFirst()
                    .endpoint();
            if (endpoint != null) {
                return endpoint;
            }
            Pause.of(Duration.ofMillis(100));
        }
        throw new EngineFailure("instance \"%s\" did not come up within a minute".formatted(instance));
    }
}
