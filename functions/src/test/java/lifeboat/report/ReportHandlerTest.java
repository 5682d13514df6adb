package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.Wiring;
import lifeboat.aws.Clients;
import lifeboat.aws.ledger.DynamoDbLedger;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.objective.Assessment;
import lifeboat.objective.DataLoss;
import lifeboat.objective.ResourceResult;
import lifeboat.objective.Soundness;
import lifeboat.objective.Timeline;
import lifeboat.parity.Settings;
import lifeboat.recovery.Copy;
import lifeboat.recovery.CopyEntry;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.RecoveryRequest;
import lifeboat.recovery.Summary;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Target;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// The reports from a real ledger, through the handler as the runtime calls it.
class ReportHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T06:00:07Z");
    private static final String WEEKLY = "{\"period\": \"weekly\", \"at\": \"2026-11-20T06:00:00Z\"}";
    private static final String FILE = SampleReports.HEAD + """
              catalog:
                tier: critical
                owner: Product team
                resources: {products: {dynamodb: techmoda-products}}
                drill: {every: week, from: latest}
            """;

    private final DynamoDbClient dynamoDb = LocalDynamoDb.client();
    private final String table = LocalDynamoDb.tableName("ledger");
    private final SnsClient sns = mock(SnsClient.class);
    private final S3Client s3 = mock(S3Client.class);
    private final Environment environment = EnvironmentFile.parse("prod.yaml", FILE);
    private final DynamoDbLedger ledger = new DynamoDbLedger(dynamoDb, table, environment);
    private final Map<String, String> variables = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void deployed() throws IOException {
        Path catalog = folder.resolve("prod.yaml");
        Files.writeString(catalog, FILE);
        variables.putAll(Map.of(
                EnvironmentFile.VARIABLE, catalog.toString(), "LIFEBOAT_LEDGER", table, "LIFEBOAT_TOPIC", "topic"));
        variables.put("LIFEBOAT_PAGES", "pages");
        variables.put("AWS_REGION", "us-east-1");
        createLedger();
    }

    @Test
    void whatTheLedgerHoldsIsReported() throws IOException {
        recovered(NOW.minus(Duration.ofDays(2)));

        assertThat(asked(WEEKLY)).isEqualTo("""
                {"period":"weekly","day":"2026-11-20","message":"sent: 1 of 1 met",\
                "page":"s3://pages/reports/prod/weekly/2026-11-20.html"}""");
        assertThat(letter().subject()).isEqualTo("[prod] weekly recovery capability 2026-11-20: 1 of 1 met");
        assertThat(letter().message())
                .contains("1 of 1 drills since 2026-11-18 met every objective: at least 5.0 % of recoveries do");
    }

    @Test
    void aClosedRecoveryComesBackFromTheLedgerWithBasisAndPhases() {
        recovered(NOW.minus(Duration.ofDays(2)));

        Summary summary = ledger.history(new WorkloadName("catalog"), 5).getFirst();
        Summary.Result result = summary.result().orElseThrow();

        assertThat(summary.resources()).containsExactly(new ResourceName("products"));
        assertThat(result).isEqualTo(Summary.Result.of(assessment(summary.startedAt())));
        assertThat(result.basis()).isEqualTo(DataLoss.Basis.EXACT);
        assertThat(result.phases()).hasSize(5);
    }

    @Test
    void theSameReportIsSentOnce() throws IOException {
        asked(WEEKLY);

        assertThat(asked(WEEKLY)).contains("sent before: nothing was done");
        verify(sns, times(1)).publish(anyLetter());
    }

    @Test
    void aReportWhosePageCouldNotBeKeptIsSentByTheNextAttempt() throws IOException {
        doThrow(SdkClientException.create("no route"))
                .doReturn(null)
                .when(s3)
                .putObject(anyPut(), any(RequestBody.class));

        assertThatThrownBy(() -> asked(WEEKLY)).hasMessage("no route");

        assertThat(asked(WEEKLY)).contains("sent: 1 NOT PROVEN, 0 of 1 met");
    }

    @Test
    void withoutABucketOnlyTheLetterGoesOutAndSaysSo() throws IOException {
        variables.remove("LIFEBOAT_PAGES");

        assertThat(asked(WEEKLY)).contains("\"pageNotKept\":\"LIFEBOAT_PAGES is not set\"");
        assertThat(letter().message()).contains("not kept: LIFEBOAT_PAGES is not set");
    }

    @Test
    void theDailyReportNeverCallsBackupsGoodThatNobodyLookedAt() throws IOException {
        recovered(NOW.minus(Duration.ofDays(2)));

        assertThat(asked("{\"period\": \"daily\"}")).contains("1 NOT PROVEN, 0 of 1 met");
    }

    private String asked(String event) throws IOException {
        Clients clients = mock(Clients.class);
        when(clients.dynamoDb()).thenReturn(dynamoDb);
        when(clients.sns()).thenReturn(sns);
        when(clients.s3()).thenReturn(s3);
        var answer = new ByteArrayOutputStream();
        new ReportHandler(new Wiring(clients, variables, InstantSource.fixed(NOW)))
                .handleRequest(
                        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, mock(Context.class));
        return answer.toString(StandardCharsets.UTF_8);
    }

    private PublishRequest letter() {
        ArgumentCaptor<Consumer<PublishRequest.Builder>> publish = ArgumentCaptor.captor();
        verify(sns).publish(publish.capture());
        return PublishRequest.builder().applyMutation(publish.getValue()).build();
    }

    private void recovered(Instant startedAt) {
        Resource products = environment.workloads().getFirst().resources().getFirst();
        RecoveryId id = RecoveryId.from("one", startedAt);
        var copy = new Copy(
                products,
                Mode.DRILL.copyOf(id, products.name()),
                new RestorePoint.Continuous(startedAt.minusSeconds(300)),
                Settings.NONE);
        ledger.open(new Recovery(
                id,
                id.value(),
                new RecoveryRequest(
                        new WorkloadName("catalog"), Mode.DRILL, new Target.Latest(), List.of(), Optional.empty()),
                assessment(startedAt).objectives(),
                startedAt,
                startedAt,
                List.of(planned(copy)),
                Optional.empty()));
        ledger.close(id, assessment(startedAt), startedAt.plusSeconds(2000));
    }

    private static CopyEntry planned(Copy copy) {
        return new CopyEntry(
                copy,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                CopyEntry.Remains.PLANNED);
    }

    private Assessment assessment(Instant startedAt) {
        var objectives = environment.workloads().getFirst().objectives();
        var verified = Optional.of(startedAt.plusSeconds(1500));
        var timeline = new Timeline(
                startedAt,
                startedAt,
                Optional.of(startedAt.plusSeconds(4)),
                Optional.of(startedAt.plusMillis(1_200_500)),
                Optional.of(startedAt.plusSeconds(1300)),
                verified,
                verified);
        return new Assessment(
                objectives,
                List.of(ResourceResult.judged(
                        new ResourceName("products"),
                        startedAt,
                        new DataLoss.Exact(Duration.ofSeconds(42), 3),
                        timeline,
                        new Soundness.Sound(5),
                        objectives)));
    }

    private void createLedger() {
        dynamoDb.createTable(create -> create.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(List.of("pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk").stream()
                        .map(name -> AttributeDefinition.builder()
                                .attributeName(name)
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .toList())
                .keySchema(keys("pk", "sk"))
                .globalSecondaryIndexes(index("byWorkload", "gsi1pk", "gsi1sk"), index("open", "gsi2pk", "gsi2sk")));
    }

    private static GlobalSecondaryIndex index(String name, String partition, String sort) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(keys(partition, sort))
                .projection(all -> all.projectionType(ProjectionType.ALL))
                .build();
    }

    private static List<KeySchemaElement> keys(String partition, String sort) {
        return List.of(
                KeySchemaElement.builder()
                        .attributeName(partition)
                        .keyType(KeyType.HASH)
                        .build(),
                KeySchemaElement.builder()
                        .attributeName(sort)
                        .keyType(KeyType.RANGE)
                        .build());
    }

    private static Consumer<PutObjectRequest.Builder> anyPut() {
        return any();
    }

    private static Consumer<PublishRequest.Builder> anyLetter() {
        return any();
    }
}
