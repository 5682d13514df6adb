package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.mockingDetails;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lifeboat.aws.dynamodb.DynamoDbInspections;
import lifeboat.aws.dynamodb.DynamoDbItemTable;
import lifeboat.aws.dynamodb.ItemClients;
import lifeboat.aws.ledger.DynamoDbLedger;
import lifeboat.aws.ledger.LedgerTable;
import lifeboat.catalog.Check;
import lifeboat.catalog.Contacts;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Expected;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.engines.LocalPostgres;
import lifeboat.failure.Failure;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Inspections;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.sql.Databases;
import lifeboat.integrity.sql.PostgresInspections;
import lifeboat.reconcile.check.ContentAsInLive;
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemScans;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.PostgresComparison;
import lifeboat.reconcile.postgres.Scope;
import lifeboat.report.Letter;
import lifeboat.report.RecoveryLetters;
import lifeboat.restore.CopyName;
import lifeboat.restore.Ticket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mockito.MockedStatic;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;

/// Plants marked values in a database and a table, damages their copies, asks checks that stumble over the values, and
/// searches everything that leaves the recovery: e-mail, ledger, verdict, metrics, failures.
class RecoverySecrecyTest {
    private static final List<String> VALUES = List.of("hiddentext", "4111411141", "deadbeef", "3q2+7w");
    private static final String KEY = "key-of-a-customer";
    private static final DynamoDbClient ITEMS = ItemClients.builder()
            .endpointOverride(LocalDynamoDb.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
    private static final String LIVE_TABLE = LocalDynamoDb.tableName("secret-live");
    private static final String COPY_TABLE =
            Mode.DRILL.copyOf(Example.ID, new ResourceName("secret-table")).value();
    private static final InstantSource CLOCK = InstantSource.fixed(Example.START.plus(Duration.ofMinutes(5)));

    private static String live = "";
    private static String copy = "";

    @BeforeAll
    static void plant() {
        live = LocalPostgres.newDatabase();
        LocalPostgres.execute(
                live,
                "create extension if not exists amcheck",
                "create table cards (id text primary key, holder text, number bigint, odd text, written text)",
                "insert into cards select 'key-of-a-customer-' || g, 'hiddentext ' || g, 41114111410 + g, 'hiddentext &',"
                        + " 'hiddentext' from generate_series(1, 9) g");
        copy = LocalPostgres.newDatabase(live);
        LocalPostgres.execute(
                copy,
                "delete from cards where id like '%-1'",
                "update cards set holder = 'hiddentext other' where id like '%-2'",
                "create view hidden as select * from cards");
        for (String table : List.of(LIVE_TABLE, COPY_TABLE)) {
            ITEMS.createTable(create -> create.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(id -> id.attributeName("id").attributeType(ScalarAttributeType.S))
                    .keySchema(id -> id.attributeName("id").keyType(KeyType.HASH)));
            for (int number = 1; number <= 5; number++) {
                ITEMS.putItem(put(table, number, "hiddentext " + (number == 2 ? table : "same")));
            }
        }
        ITEMS.deleteItem(delete -> delete.tableName(COPY_TABLE).key(Map.of("id", AttributeValue.fromS(KEY + "-1"))));
    }

    private static PutItemRequest put(String table, int number, String holder) {
        return PutItemRequest.builder()
                .tableName(table)
                .item(Map.of(
                        "id",
                        AttributeValue.fromS(KEY + "-" + number),
                        "holder",
                        AttributeValue.fromS(holder),
                        "updatedAt",
                        AttributeValue.fromS("hiddentext"),
                        "map",
                        AttributeValue.fromM(Map.of("hiddentext", AttributeValue.fromN("4111411141")))))
                .build();
    }

    @Test
    void countsAndKeysLeaveAndNothingElse() {
        String left = everythingThatLeaves(true);

        assertThat(left)
                .contains("content as in live", "RecoveryMissed", "Workload=catalog", KEY, "FAILED", "SQLSTATE 42601")
                .doesNotContain(VALUES);
    }

    @Test
    void keysStayAwayTooWhereTheEnvironmentSaysSo() {
        assertThat(everythingThatLeaves(false))
                .contains("FAILED")
                .doesNotContain(VALUES)
                .doesNotContain(KEY);
    }

    /// A big table is cut where its keys are; only the ledger knows where.
    @Test
    void theKeysThatPiecesBeginWithAreNotHandedOn() {
        Segment piece = new Segment("content orders keys %1$s-1..%1$s-5".formatted(KEY));
        Inspections cut = new Inspections() {
            @Override
            public List<Segment> plan(Subject subject) {
                return List.of(new Segment("structure"), piece);
            }

            @Override
            public Evidence inspect(Subject subject, Segment segment) {
                assertThat(segment).isEqualTo(piece);
                throw new Invalid("LB-422", "segment \"%s\" is not allowed".formatted(segment), "no such piece");
            }
        };
        RecoveryLedger ledger = new InMemoryLedger();
        ledger.open(Example.planned(Example.ID, Example.drill(), Example.START, database()));
        FakeStore store = new FakeStore(CLOCK, Interruption.never());
        Inspector inspector = new Inspector(
                of -> new Stores.Store(store, store, cut, store),
                ledger,
                NothingRecorded.contents(),
                CLOCK,
                false,
                environment(false).contacts());

        List<String> names = inspector.names(Example.ID, database().name());
        Throwable left =
                catchThrowable(() -> inspector.inspect(Example.ID, database().name(), names.get(1)));

        assertThat(names).startsWith("piece 0", "piece 1").allMatch(name -> name.matches("piece [0-9]+"));
        assertThat(trace(left)).contains("no such piece").doesNotContain(KEY);
        List<Letter> sent = new ArrayList<>();
        new RecoveryLetters(environment(false), sent::add)
                .closed(new Assessor(ledger, false).judge(Example.ID), CLOCK.instant());
        assertThat(sent.getFirst().body()).contains("content orders: ").doesNotContain(KEY);
    }

    private static String everythingThatLeaves(boolean rowKeys) {
        Environment environment = environment(rowKeys);
        String table = LedgerTable.create();
        RecoveryLedger ledger = new DynamoDbLedger(LocalDynamoDb.client(), table, environment);
        RecoveryRequest request = Example.drill();
        ledger.open(Example.planned(Example.ID, request, Example.START, table(), database()));
        List<String> left = new ArrayList<>();
        for (Resource resource : List.of(table(), database())) {
            inspect(environment, ledger, resource, left);
        }
        Assessor.Judged judged = new Assessor(ledger, false).judge(Example.ID);
        List<Letter> sent = new ArrayList<>();
        new RecoveryLetters(environment, sent::add).closed(judged, CLOCK.instant());
        sent.forEach(letter -> left.add(letter.subject() + "\n" + letter.body()));
        left.add(metrics(() -> RecoveryMetrics.of(judged).emit()));
        left.add(VerdictJson.of(judged.recovery(), judged.assessment(), CLOCK.instant())
                .toString());
        left.add(judged.assessment().toString());
        left.add(LocalDynamoDb.client()
                .scan(scan -> scan.tableName(table))
                .items()
                .toString());
        return String.join("\n", left);
    }

    private static void inspect(Environment environment, RecoveryLedger ledger, Resource resource, List<String> left) {
        ledger.record(
                Example.ID,
                resource.name(),
                new CopyEvent.RestoreStarted(new Ticket("native"), Example.START.plusSeconds(1)));
        ledger.record(Example.ID, resource.name(), new CopyEvent.RestoreCompleted(Example.START.plusSeconds(2), true));
        FakeStore store = new FakeStore(CLOCK, Interruption.never());
        Inspector inspector = new Inspector(
                of -> new Stores.Store(store, store, inspections(of), store),
                ledger,
                NothingRecorded.contents(),
                CLOCK,
                false,
                environment.contacts());
        for (String piece : inspector.names(Example.ID, resource.name())) {
            left.add("handed to the state machine: " + piece);
            try {
                inspector.inspect(Example.ID, resource.name(), piece);
            } catch (RuntimeException thrown) {
                RuntimeException failure = Failure.withoutValues(thrown); // as the edge of the handler does
                left.add(trace(failure));
                ledger.record(
                        Example.ID,
                        resource.name(),
                        new CopyEvent.Failed("Check", String.valueOf(failure.getMessage())));
            }
        }
    }

    private static Inspections inspections(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable _ ->
                new DynamoDbInspections(
                        ITEMS,
                        ITEMS,
                        new ContentAsInLive(
                                (subject, explainedBy) -> new ItemComparison(
                                        new DynamoDbItemTable(ITEMS, COPY_TABLE, false),
                                        new DynamoDbItemTable(ITEMS, LIVE_TABLE, true),
                                        explainedBy,
                                        List.of(),
                                        ItemScans.usual(7)),
                                CLOCK));
            default ->
                new PostgresInspections(
                        new Databases() {
                            @Override
                            public Connection live(Resource of) throws SQLException {
                                return LocalPostgres.connect(live);
                            }

                            @Override
                            public Connection copy(Resource of, CopyName name) throws SQLException {
                                return LocalPostgres.connect(copy);
                            }
                        },
                        new ContentAsInLive(
                                (subject, explainedBy) -> PostgresComparison.open(
                                        endpoint(copy), endpoint(live), new Scope(Set.of(), explainedBy, List.of()), 7),
                                CLOCK));
        };
    }

    private static Endpoint endpoint(String database) {
        return new Endpoint(
                "jdbc:postgresql://localhost:%d/%s?user=postgres".formatted(LocalPostgres.port(), database));
    }

    private static Resource table() {
        return new Resource.DynamoDbTable(
                new ResourceName("secret-table"),
                LIVE_TABLE,
                Optional.of(new Freshness.Attribute("updatedAt")),
                List.of(new Check.Items(100), new Check.MatchesLive(Optional.empty())));
    }

    /// Checks that stumble over what rows hold.
    private static Resource database() {
        return new Resource.RdsInstance(
                new ResourceName("secret-orders"),
                "secret-orders",
                new SqlAccess("orders", "shop/orders"),
                Optional.of(new Freshness.Sql("select max(written) from cards")),
                List.of(
                        new Check.Rows("cards", Optional.of(1.0), Optional.of(100L)),
                        new Check.SqlAssertion("select max(holder) from cards", new Expected.Text("nothing")),
                        new Check.SqlAssertion("select max(number) from cards", new Expected.Digits("1")),
                        new Check.SqlAssertion("select count(*) from cards", new Expected.Digits("1")),
                        new Check.SqlAssertion("select max(holder::int) from cards", new Expected.Digits("1")),
                        new Check.SqlAssertion("select max(odd::tsquery::text) from cards", new Expected.Digits("1")),
                        new Check.SqlAssertion("select max(holder::jsonb::text) from cards", new Expected.Nothing()),
                        new Check.MatchesLive(Optional.empty()),
                        new Check.EngineCheck()));
    }

    private static Environment environment(boolean rowKeys) {
        Environment from = Example.environment(Example.workload("catalog", table(), database()));
        return new Environment(
                from.name(),
                from.account(),
                from.region(),
                from.recoveryRegion(),
                from.recoveryAccount(),
                new Contacts(from.contacts().email(), rowKeys, from.contacts().slackSecret()),
                from.schedules(),
                from.vaultLock(),
                from.workloads(),
                from.deployment());
    }

    /// Names, values and dimensions that are handed to CloudWatch.
    private static String metrics(Runnable work) {
        Metrics metrics = mock(Metrics.class);
        doAnswer(call -> {
                    call.<Consumer<Metrics>>getArgument(0).accept(metrics);
                    return null;
                })
                .when(metrics)
                .flushMetrics(any());
        try (MockedStatic<MetricsFactory> factory = mockStatic(MetricsFactory.class)) {
            factory.when(MetricsFactory::getMetricsInstance).thenReturn(metrics);
            work.run();
        }
        return mockingDetails(metrics).getInvocations().stream()
                .map(call -> call.getMethod().getName()
                        + Arrays.stream(call.getArguments())
                                .map(given -> given instanceof DimensionSet set ? set.getDimensions() : given)
                                .toList())
                .collect(Collectors.joining("\n"));
    }

    private static String trace(Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
