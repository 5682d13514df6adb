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
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.RecordedContents;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.recording.InMemoryRecords;
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
                "INSERT INTO orders SELECT i, i / 10.0, '2026-01-01Z'::timestamptz FROM generate_series(1, 2000) i",
                "INSERT INTO sales.\"odd lines\" SELECT i, '2026-01-01Z'::timestamptz FROM generate_series(1, 200) i");
        var recorder =
                new Recorder(Example.environment(Example.workload("catalog", resource())), contents, records, records);
        var recording = new Recording(
                new RecordingId("catalog-orders-0123456789ab"),
                Example.CATALOG,
                resource().name());
        var pieces = recorder.plan(recording);
        pieces.forEach(piece -> recorder.read(recording, piece));
        assertThat(recorder.record(recording, pieces)).isEqualTo(2);
    }

    @Test
    void soundCopyPasses() {
        assertThat(outcome()).isInstanceOf(Outcome.Passed.class);
        assertThat(outcome().seen()).contains("public.orders: 2,000 rows", "sales.odd lines: 200 rows");
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
        var recorded = new RecordedContents(contents, records);
        var point = Instant.now().plus(Duration.ofMinutes(5));
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
