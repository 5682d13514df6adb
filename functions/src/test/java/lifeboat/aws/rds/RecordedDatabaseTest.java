package lifeboat.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.catalog.Check;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.engines.LocalPostgres;
import lifeboat.integrity.Conclusion;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.RecordedContents;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.recording.InMemoryRecords;
import lifeboat.recording.NoFiles;
import lifeboat.recording.Recorder;
import lifeboat.recording.Recording;
import lifeboat.recording.RecordingId;
import lifeboat.recovery.Example;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// A PostgreSQL database recorded while it was sound; what becomes of it then stands for its copy.
class RecordedDatabaseTest {
    private static final CopyName COPY = new CopyName("lifeboat-drill-1-orders");

    private final RdsClient rds = mock();
    private final SecretsManagerClient secrets = mock();
    private final RdsContents contents = new RdsContents(rds, secrets, false);
    private final InMemoryRecords records = new InMemoryRecords();
    private Instant point = Instant.now().plus(Duration.ofMinutes(5));
    private final String database = LocalPostgres.newDatabase();

    @BeforeEach
    void databaseIsRecorded() {
        speaks("postgres");
        when(secrets.getSecretValue(anySecret()))
                .thenReturn(GetSecretValueResponse.builder()
                        .secretString("{\"username\": \"postgres\", \"password\": \"guess\"}")
                        .build());
        LocalPostgres.execute(
                database,
                "CREATE SCHEMA sales",
                "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, updated_at timestamptz)",
                "CREATE TABLE sales.\"odd lines\" (id bigint PRIMARY KEY, updated_at timestamptz)",
                "CREATE MATERIALIZED VIEW totals AS SELECT sum(total) FROM orders",
                "CREATE TABLE days (id int, day date, updated_at timestamptz, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                "CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
                "INSERT INTO days VALUES (1, '2026-01-05', '2026-01-05Z')",
                "INSERT INTO orders SELECT i, i / 10.0, '2026-01-01Z'::timestamptz FROM generate_series(1, 2000) i",
                "INSERT INTO sales.\"odd lines\" SELECT i, '2026-01-01Z'::timestamptz FROM generate_series(1, 200) i");
        var recorder = new Recorder(
                Example.environment(Example.workload("catalog", resource())),
                contents,
                records,
                records,
                new NoFiles());
        var recording = new Recording(
                new RecordingId("catalog-orders-0123456789ab"),
                Example.CATALOG,
                resource().name());
        var pieces = recorder.plan(recording);
        pieces.forEach(piece -> recorder.read(recording, piece));
        assertThat(recorder.record(recording, pieces)).isEqualTo(5);
    }

    @Test
    void soundCopyPasses() {
        assertThat(outcome()).isInstanceOf(Outcome.Passed.class);
        assertThat(outcome().seen()).contains("tables recorded and there: 5");
    }

    @Test
    void whatTheCopyLacksFailsWhateverItIs() {
        for (var lost : List.of(
                "DROP TABLE sales.\"odd lines\"",
                "DROP TABLE days_1",
                "DROP TABLE days",
                "DROP MATERIALIZED VIEW totals")) {
            LocalPostgres.execute(database, lost);
            assertThat(outcome()).as(lost).isInstanceOf(Outcome.Failed.class);
        }
        assertThat(outcome().seen())
                .contains("4 of 5 tables")
                .contains("public.days, public.days_1, public.totals, sales.odd lines");
    }

    @Test
    void rowsThatMovedToAnotherTableFail() {
        LocalPostgres.execute(
                database,
                "CREATE TABLE old_orders () INHERITS (orders)",
                "WITH moved AS (DELETE FROM ONLY orders WHERE id <= 100 RETURNING *) INSERT INTO old_orders SELECT * FROM moved");
        assertThat(outcome()).isInstanceOf(Outcome.Inconclusive.class);
        assertThat(outcome().seen()).contains("100 are gone").contains("nothing was recorded of public.old_orders");
    }

    @Test
    void emptyTableFails() {
        LocalPostgres.execute(database, "TRUNCATE orders");
        assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome().seen()).contains("the copy is empty");
    }

    @Test
    void copyOfAnOlderPointIsUnprovenUntilSomeTableShowsAWriteShortlyBeforeThePoint() {
        point = point.plus(Duration.ofHours(6));
        assertThat(outcome()).isInstanceOf(Outcome.Inconclusive.class);
        assertThat(outcome().seen()).contains("Nothing shows that the copy reaches its point in time");
        LocalPostgres.execute(
                database, "INSERT INTO sales.\"odd lines\" VALUES (999, '%s')".formatted(point.minusSeconds(60)));
        assertThat(outcome()).isInstanceOf(Outcome.Observed.class);
    }

    @Test
    void tableThatMayNotBeReadIsNoPass() {
        LocalPostgres.execute(
                database,
                "DROP ROLE IF EXISTS reader_of_some",
                "CREATE ROLE reader_of_some LOGIN",
                "GRANT USAGE ON SCHEMA sales TO reader_of_some",
                "GRANT SELECT ON ALL TABLES IN SCHEMA sales TO reader_of_some");
        when(secrets.getSecretValue(anySecret()))
                .thenReturn(GetSecretValueResponse.builder()
                        .secretString("{\"username\": \"reader_of_some\", \"password\": \"guess\"}")
                        .build());
        assertThatThrownBy(() -> contents.read(
                        resource(),
                        "techmoda-orders",
                        ContentPiece.whole(new Segment("public.orders")),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-495")
                .hasMessageContaining("public.orders");
        LocalPostgres.execute(database, "DROP OWNED BY reader_of_some", "DROP ROLE reader_of_some");
    }

    @Test
    void rowThatChangedWithoutAWriteFailsTheCopy() {
        LocalPostgres.execute(database, "UPDATE orders SET total = 0 WHERE id = 7");

        assertThat(outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome().seen()).contains("public.orders").doesNotContain("odd lines");
    }

    @Test
    void rowThatWasWrittenBetweenIsTold() {
        LocalPostgres.execute(
                database, "UPDATE sales.\"odd lines\" SET updated_at = now() + interval '2 min' WHERE id = 7");

        assertThat(outcome()).isInstanceOf(Outcome.Observed.class);
    }

    @Test
    void tableThatWasNeverRecordedLeavesTheAnswerOpen() {
        LocalPostgres.execute(database, "CREATE TABLE young (id bigint PRIMARY KEY)");

        assertThat(outcome()).isInstanceOf(Outcome.Inconclusive.class);
        assertThat(outcome().seen()).contains("nothing was recorded of public.young");
    }

    @Test
    void otherEngineIsRefusedWithWhatIsAllowed() {
        speaks("mysql");

        assertThatThrownBy(() -> contents.pieces(resource(), "techmoda-orders"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-309")
                .hasMessageContaining("postgres");
    }

    private void speaks(String engine) {
        doReturn(DescribeDbInstancesResponse.builder()
                        .dbInstances(DBInstance.builder()
                                .dbInstanceIdentifier("techmoda-orders")
                                .engine(engine)
                                .endpoint(Endpoint.builder()
                                        .address("localhost")
                                        .port(LocalPostgres.port())
                                        .build())
                                .build())
                        .build())
                .when(rds)
                .describeDBInstances(anyInstance());
    }

    private static Consumer<DescribeDbInstancesRequest.Builder> anyInstance() {
        return any();
    }

    private static Consumer<GetSecretValueRequest.Builder> anySecret() {
        return any();
    }

    private Outcome outcome() {
        var recorded = new RecordedContents(contents, records, new NoFiles());
        var subject = new Subject(resource(), COPY, point, point, Subject.LiveTrust.SUSPECT);
        var pieces = recorded.plan(subject);
        var evidence = new HashMap<Segment, Evidence>();
        pieces.forEach(piece -> evidence.put(piece, recorded.inspect(Example.CATALOG, subject, piece)));
        return Conclusion.of(subject, pieces, evidence, Map.of()).outcomes().getLast();
    }

    private Resource resource() {
        return new Resource.RdsInstance(
                new ResourceName("orders"),
                "techmoda-orders",
                new SqlAccess(database, "techmoda/orders"),
                Optional.empty(),
                List.of(new Check.Fingerprint(Optional.of("updated_at"))));
    }
}
