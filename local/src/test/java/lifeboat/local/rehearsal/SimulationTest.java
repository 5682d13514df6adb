package lifeboat.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import lifeboat.infra.permission.Handler;
import lifeboat.local.access.Accesses;
import lifeboat.local.aws.Account;
import lifeboat.local.aws.FaultPlan;
import lifeboat.local.aws.Judge;
import lifeboat.local.aws.LocalClients;
import lifeboat.local.aws.SfnStandIn.Ended;
import lifeboat.local.aws.Timings;
import lifeboat.local.aws.World;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.EngineCache;
import lifeboat.local.engine.PostgresBinaries;
import lifeboat.local.engine.PostgresEngine;
import lifeboat.local.engine.Scratch;
import lifeboat.local.orchestration.Interpreter;
import lifeboat.local.orchestration.NodePrograms;
import lifeboat.local.orchestration.TaskFailure;
import lifeboat.objective.Standing;
import lifeboat.recovery.Assessor;
import lifeboat.recovery.CopyResult;
import lifeboat.recovery.RecoveryId;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Many recoveries by the synthesized state machine, at a virtual clock, while AWS throttles, fails, loses answers and
/// breaks off restores. Whatever happens to a recovery, some things hold.
///
/// `-Dlifeboat.simulations=1000` runs more of them. Resources are recovered side by side, so that a seed does not
/// settle which call meets which fault: a run goes on until it has seen a good and a bad end, and fails where one of
/// them never comes.
@NullUnmarked
@SuppressWarnings("unchecked")
class SimulationTest {
    private static final int RECOVERIES = Integer.getInteger("lifeboat.simulations", 12);
    private static final int AT_MOST = Math.max(RECOVERIES, 100);
    private static final long SEED = Long.getLong("lifeboat.seed", 20261120L);
    private static final FaultPlan.Odds ODDS = new FaultPlan.Odds(0.02, 0.01, 0.02, 0.1, 0.2, Duration.ofSeconds(30));
    private static final String ENVIRONMENT = """
            environment: lab
            account: "111122223333"
            region: us-east-1
            recoveryRegion: us-west-2
            contacts:
              email: [oncall@techmoda.example]
            schedules: techmoda
            vaultLock: {mode: governance, minRetention: 7d, maxRetention: 7y}
            workloads:
              catalog:
                tier: critical
                owner: Product team
                resources:
                  products:
                    dynamodb: sim-products
                    freshness: {attribute: updatedAt}
                    checks: [{items: {atLeast: 3}}, {matchesLive: {explainedBy: updatedAt}}]
                  prices:
                    dynamodb: sim-prices
                    freshness: {attribute: updatedAt}
                    checks: [{items: {atLeast: 3}}]
            """;
    private static final List<String> TABLES = List.of("sim-products", "sim-prices");

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.now());
    private static final InstantSource CLOCK = NOW::get;
    private static final FaultPlan FAULTS = FaultPlan.of(ODDS, SEED);
    private static final Map<String, Map<String, String>> COPIES = new ConcurrentHashMap<>();
    private static Scratch scratch;
    private static DynamoDbEngine engine;
    private static DynamoDbClient items;
    private static LocalClients aws;
    private static Interpreter interpreter;
    private static Deployment deployment;
    private static Map<String, String> live;

    @BeforeAll
    static void deploy() throws IOException {
        scratch = Scratch.create();
        Path file = Files.writeString(scratch.folder().resolve("lab.yaml"), ENVIRONMENT);
        engine = DynamoDbEngine.start(CLOCK);
        items = engine.client();
        FAULTS.arm(false);
        World world = new World(
                new Account("111122223333", "us-east-1"), CLOCK, Timings.likeAws(), FAULTS, new Judge(), Runnable::run);
        aws = new LocalClients(
                world, engine, new PostgresEngine(new PostgresBinaries(Path.of("none")), scratch.folder()));
        interpreter = Interpreter.start(
                NodePrograms.in(EngineCache.folder()), new Interpreter.Pace.Virtual(SimulationTest::pass));
        deployment = new Deployment(
                Synthesized.of(file, scratch),
                aws,
                interpreter,
                CLOCK,
                SimulationTest::beforeTask,
                _ -> {},
                new Accesses());
        TABLES.forEach(SimulationTest::create);
        pass(Duration.ofHours(1));
        live = TABLES.stream()
                .collect(
                        HashMap::new, (all, table) -> all.put(table, rows(table).toString()), Map::putAll);
    }

    @AfterAll
    static void stop() {
        interpreter.close();
        aws.close();
        items.close();
        engine.close();
        scratch.close();
    }

    @Test
    void whateverHappensNothingLiveIsTouchedNothingStaysAndNoVerdictIsBetterThanTheTruth() {
        Map<Standing, Integer> standings = new TreeMap<>();
        int failedExecutions = 0;
        for (int number = 0; number < RECOVERIES || (standings.size() < 2 && number < AT_MOST); number++) {
            COPIES.clear();
            RecoveryId id = start();
            Ended ended = end(id);
            FAULTS.arm(false);
            failedExecutions += ended instanceof Ended.Failed ? 1 : 0;
            Optional<Assessor.Judged> planned = planned(id);
            if (planned.isEmpty()) { // a fault refused the plan: nothing may have been created
                assertThat(ended).isInstanceOf(Ended.Failed.class);
                assertThat(remaining()).isEmpty();
                assertThat(live()).isEqualTo(live);
                continue;
            }
            Assessor.Judged judged = planned.get();
            standings.merge(judged.assessment().standing(), 1, Integer::sum);

            assertThat(live()).as("live after recovery %d, %s", number, id).isEqualTo(live);
            assertThat(remaining())
                    .as("copies of recovery %d, %s, after a day", number, id)
                    .isEmpty();
            judged.copies().forEach(SimulationTest::isHonest);
            assertThat(judged.recovery().closedAt())
                    .as("recovery %s is closed, by its execution or hourly: %s", id, ended)
                    .isPresent();
            assertThat(aws.world().judge().found()).isEmpty();
        }
        assertThat(standings).as("some recoveries meet their objectives").containsKey(Standing.MET);
        assertThat(standings.size())
                .as("and some do not: %s, failed %d", standings, failedExecutions)
                .isGreaterThan(1);
    }

    // A copy whose verdict is good has been there, and held what live holds.
    private static void isHonest(CopyResult copy) {
        if (copy.result().standing() == Standing.MET) {
            String source = copy.entry().copy().source().physicalName();
            assertThat(COPIES.get(copy.entry().copy().name().value()))
                    .as("what %s held", copy.entry().copy().name())
                    .isNotNull()
                    .hasToString(live.get(source));
        }
    }

    // A person tries again where AWS hiccups.
    private static RecoveryId start() {
        FAULTS.arm(true);
        JsonNode request = JsonNodeFactory.instance.objectNode().put("workload", "catalog");
        for (int tries = 0; tries < 50; tries++) {
            try {
                return new RecoveryId(deployment
                        .functions()
                        .invoke(Handler.RECOVER.className(), request)
                        .path("recovery")
                        .asText());
            } catch (TaskFailure hiccup) {
                pass(Duration.ofMinutes(2));
                settleOpenRecoveries();
            }
        }
        throw new AssertionError("no recovery could be started in 50 tries");
    }

    // An answer that was lost may have started a recovery all the same: it runs to its end first.
    private static void settleOpenRecoveries() {
        aws.machines()
                .runningExecutions()
                .forEach(execution -> aws.machines().ended(execution).join());
    }

    private static Ended end(RecoveryId id) {
        return aws.machines()
                .ended(deployment.execution(id))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static Optional<Assessor.Judged> planned(RecoveryId id) {
        try {
            return Optional.of(judged(id));
        } catch (lifeboat.catalog.Invalid unknown) {
            return Optional.empty();
        }
    }

    // Where a recovery left a copy or was left open itself, what runs by the hour finds it.
    private static Assessor.Judged judged(RecoveryId id) {
        for (int looks = 0; looks < 6; looks++) {
            pass(Duration.ofHours(4));
            deployment.functions().invoke(Handler.SWEEP.className(), JsonNodeFactory.instance.objectNode());
            deployment
                    .functions()
                    .invoke(
                            Handler.CLOSE.className(),
                            JsonNodeFactory.instance.objectNode().put("leftOpen", true));
        }
        return deployment.wiring(Handler.ASSESS.className()).assessor().judge(id);
    }

    private static List<String> remaining() {
        return items.listTablesPaginator().tableNames().stream()
                .filter(table -> table.startsWith("lifeboat-drill-") || table.startsWith("lifeboat-restored-"))
                .toList();
    }

    private static void beforeTask(Handler handler, JsonNode input) {
        if (handler == Handler.ASSESS) {
            remaining().forEach(copy -> COPIES.put(copy, rows(copy)));
        }
    }

    private static Map<String, String> live() {
        return TABLES.stream()
                .collect(
                        HashMap::new, (all, table) -> all.put(table, rows(table).toString()), Map::putAll);
    }

    private static Map<String, String> rows(String table) {
        Map<String, String> rows = new TreeMap<>();
        items.scanPaginator(scan -> scan.tableName(table))
                .items()
                .forEach(item -> rows.put(item.get("id").s(), new TreeMap<>(item).toString()));
        return rows;
    }

    private static void pass(Duration time) {
        NOW.updateAndGet(now -> now.plus(time));
    }

    private static void create(String table) {
        aws.dynamoDb()
                .createTable(create -> create.tableName(table)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .deletionProtectionEnabled(true)
                        .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("id").attributeType(ScalarAttributeType.S)));
        for (int number = 0; number < 5; number++) {
            String id = "item-" + number;
            items.putItem(put -> put.tableName(table)
                    .item(Map.of(
                            "id", AttributeValue.fromS(id),
                            "updatedAt", AttributeValue.fromS(NOW.get().toString()))));
        }
        aws.dynamoDb()
                .updateContinuousBackups(update -> update.tableName(table)
                        .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true)));
    }
}
