package lifeboat.local.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lifeboat.Wiring;
import lifeboat.infra.FlowDefinition;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.permission.Setting;
import lifeboat.local.access.Accesses;
import lifeboat.local.access.OverheardClients;
import lifeboat.local.access.Requests;
import lifeboat.local.aws.LocalClients;
import lifeboat.local.aws.SfnStandIn;
import lifeboat.local.orchestration.Interpreter;
import lifeboat.local.orchestration.LambdaFunctions;
import lifeboat.reconcile.flow.RunId;
import lifeboat.recording.RecordingId;
import lifeboat.recovery.RecoveryId;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.lambda.powertools.metrics.MetricsFactory;

/// Lifeboat as it was synthesized, deployed on this machine: its ledger, topic, vault, functions and state machine.
final class Deployment {
    private final Synthesized synthesized;
    private final LocalClients aws;
    private final Interpreter interpreter;
    private final LambdaFunctions functions;
    private final InstantSource clock;
    private final BiConsumer<Handler, JsonNode> beforeTask;
    private final Consumer<Interpreter.Event> events;
    private final Accesses accesses;

    /// @param clock the time of the functions
    /// @param beforeTask told each handler, and what it is given, before it is called
    /// @param events told what the interpreter tells
    /// @param accesses where everything is written down that the functions do to AWS
    Deployment(
            Synthesized synthesized,
            LocalClients aws,
            Interpreter interpreter,
            InstantSource clock,
            BiConsumer<Handler, JsonNode> beforeTask,
            Consumer<Interpreter.Event> events,
            Accesses accesses) {
        this.synthesized = synthesized;
        this.aws = aws;
        this.interpreter = interpreter;
        this.clock = clock;
        this.beforeTask = beforeTask;
        this.events = events;
        this.accesses = accesses;
        this.functions = new LambdaFunctions(this::wiring);
        // Powertools reads the namespace from the environment of the process, which only Lambda sets.
        MetricsFactory.getMetricsInstance().setNamespace("Lifeboat");
        createLedger();
        aws.sns().createTopic(create -> create.name(last(setting(Setting.LIFEBOAT_TOPIC), ":")));
        aws.backup().createBackupVault(create -> create.backupVaultName(vault()));
        deploy(Setting.LIFEBOAT_STATE_MACHINE, synthesized.recovery());
        deploy(Setting.LIFEBOAT_RECONCILE_MACHINE, synthesized.reconcile());
        deploy(Setting.LIFEBOAT_RECORD_MACHINE, synthesized.record());
    }

    private void deploy(Setting machine, FlowDefinition flow) {
        aws.machines()
                .deploy(
                        last(setting(machine), ":"),
                        (arn, name, startedAt, input) -> run(flow, arn, name, startedAt, input));
    }

    /// The ARN of the execution that carries out a recovery.
    String execution(RecoveryId id) {
        return execution(Setting.LIFEBOAT_STATE_MACHINE, id.value());
    }

    /// The ARN of the execution that carries out a run of a reconcile.
    String execution(RunId id) {
        return execution(Setting.LIFEBOAT_RECONCILE_MACHINE, id.value());
    }

    /// The ARN of the execution that records what a resource holds.
    String execution(RecordingId id) {
        return execution(Setting.LIFEBOAT_RECORD_MACHINE, id.value());
    }

    private String execution(Setting machine, String name) {
        return setting(machine).replace(":stateMachine:", ":execution:") + ":" + name;
    }

    /// The functions, for who invokes one by hand.
    LambdaFunctions functions() {
        return functions;
    }

    String vault() {
        return setting(Setting.LIFEBOAT_VAULT);
    }

    /// The composition that a handler has, for who reads what it wrote.
    Wiring wiring(String className) {
        Handler handler = Stream.of(Handler.values())
                .filter(candidate -> candidate.className().equals(className))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(className + " is not deployed"));
        Map<String, String> variables = new HashMap<>(
                Objects.requireNonNull(synthesized.recovery().variables().get(handler)));
        variables.put("LIFEBOAT_CATALOG", synthesized.catalog().toString());
        variables.put("LIFEBOAT_SQL_TLS", "disable"); // embedded PostgreSQL has no certificate
        variables.put("AWS_REGION", synthesized.environment().region().value());
        return new Wiring(overheard(handler), variables, clock);
    }

    private OverheardClients overheard(Handler handler) {
        Requests requests = new Requests(
                synthesized.environment().account().value(),
                synthesized.environment().region().value(),
                this::tags);
        return new OverheardClients(aws, requests, handler.label(), accesses);
    }

    private Map<String, String> tags(String arn) {
        Map<String, String> tags = new HashMap<>();
        try {
            if (arn.startsWith("arn:aws:dynamodb:")) {
                aws.dynamoDb()
                        .listTagsOfResource(list -> list.resourceArn(arn))
                        .tags()
                        .forEach(tag -> tags.put(tag.key(), tag.value()));
            } else if (arn.startsWith("arn:aws:rds:") && arn.contains(":db:")) {
                aws.rds()
                        .listTagsForResource(list -> list.resourceName(arn))
                        .tagList()
                        .forEach(tag -> tags.put(tag.key(), tag.value()));
            }
        } catch (SdkException gone) { // what does not exist has no tags
            return Map.of();
        }
        return tags;
    }

    private String setting(Setting setting) {
        return synthesized.recovery().variables().values().stream()
                .flatMap(variables -> Stream.ofNullable(variables.get(setting.name())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no function has the variable " + setting));
    }

    private static String last(String text, String separator) {
        return text.substring(text.lastIndexOf(separator) + 1);
    }

    private void createLedger() {
        JsonNode ledger = synthesized.ledger();
        aws.dynamoDb()
                .createTable(create -> create.tableName(setting(Setting.LIFEBOAT_LEDGER))
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(keys(ledger))
                        .attributeDefinitions(list(ledger.path("AttributeDefinitions")).stream()
                                .map(attribute -> AttributeDefinition.builder()
                                        .attributeName(
                                                attribute.path("AttributeName").asText())
                                        .attributeType(
                                                attribute.path("AttributeType").asText())
                                        .build())
                                .toList())
                        .globalSecondaryIndexes(list(ledger.path("GlobalSecondaryIndexes")).stream()
                                .map(Deployment::index)
                                .toList()));
    }

    private static GlobalSecondaryIndex index(JsonNode index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.path("IndexName").asText())
                .keySchema(keys(index))
                .projection(projection -> projection.projectionType(
                        index.at("/Projection/ProjectionType").asText()))
                .build();
    }

    private static List<KeySchemaElement> keys(JsonNode node) {
        return list(node.path("KeySchema")).stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.path("AttributeName").asText())
                        .keyType(key.path("KeyType").asText())
                        .build())
                .toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private CompletableFuture<SfnStandIn.Ended> run(
            FlowDefinition flow, String arn, String name, Instant startedAt, String input) {
        Map<String, String> execution = Map.of("Id", arn, "Name", name, "StartTime", startedAt.toString());
        return interpreter.run(
                new Interpreter.Execution(flow.states(), input, execution),
                (state, given) -> task(flow, state, given),
                events);
    }

    private JsonNode task(FlowDefinition flow, String state, JsonNode input) {
        Handler handler = flow.tasks().get(state);
        if (handler == null) {
            throw new IllegalStateException("no handler stands behind state " + state);
        }
        beforeTask.accept(handler, input);
        return functions.invoke(handler.className(), input);
    }

    /// Waits of the state machine are cut to this; the time to recover is that of this machine anyway.
    static Interpreter.Pace pace() {
        return new Interpreter.Pace.Shortened(Duration.ofMillis(250), Duration.ofMillis(250));
    }
}
