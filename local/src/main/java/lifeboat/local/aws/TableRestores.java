package lifeboat.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import lifeboat.local.engine.DynamoDbEngine;
import lifeboat.local.engine.EngineFailure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.RestoreSummary;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// Restores of tables: always into a new table, which takes over the data, keys, indexes and capacity, and nothing
/// else. Time to live, streams, point-in-time recovery, tags, deletion protection, policies and table class are lost.
///
/// @see <a
/// href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html">API</a>
final class TableRestores {
    private static final int CONCURRENT = 50;

    private final World world;
    private final DynamoDbEngine engine;
    private final DynamoDbClient local;
    private final DynamoDbStandIn tables;

    TableRestores(World world, DynamoDbEngine engine, DynamoDbClient local, DynamoDbStandIn tables) {
        this.world = world;
        this.engine = engine;
        this.local = local;
        this.tables = tables;
    }

    /// What a copy is made from.
    ///
    /// @param schema of the source
    /// @param summary what DescribeTable will say of the copy's origin
    /// @param fill writes the items into the table of the given name
    record Origin(TableDescription schema, RestoreSummary summary, ToLongFunction<String> fill) {}

    Instant earliest(TableState state, Instant since) {
        Instant window = world.now().minus(Duration.ofDays(state.recoveryDays)).truncatedTo(ChronoUnit.SECONDS);
        return since.isAfter(window) ? since : window;
    }

    Instant latest(Instant since) {
        Instant latest = world.now().minus(world.timings().logShipping()).truncatedTo(ChronoUnit.SECONDS);
        return latest.isBefore(since) ? since : latest;
    }

    RestoreTableToPointInTimeResponse toPointInTime(RestoreTableToPointInTimeRequest request) {
        String source = sourceOf(request);
        TableDescription schema = sourceDescription(source);
        TableState state = tables.state(source);
        Instant since = state.recoverableSince.orElseThrow(() -> TableRefusals.recoveryOff(source));
        Instant at = timeOf(request, earliest(state, since), latest(since));
        RestoreSummary summary = RestoreSummary.builder()
                .sourceTableArn(schema.tableArn())
                .restoreDateTime(at)
                .restoreInProgress(true)
                .build();
        TableDescription target = overridden(schema, request);
        begin(request.targetTableName(), new Origin(target, summary, table -> engine.rebuild(source, at, table)));
        return RestoreTableToPointInTimeResponse.builder()
                .tableDescription(tables.begun(request.targetTableName()))
                .build();
    }

    /// Makes the table and fills it in the background. One at a time, so that the limit counts all that were begun.
    synchronized Undertaking<Long> begin(String target, Origin origin) {
        refuseWhereTaken(target);
        if (inProgress() >= CONCURRENT) {
            throw TableRefusals.tooManyRestores();
        }
        local.createTable(creation(target, origin.schema()));
        TableState state = new TableState();
        state.createdAt = Optional.of(world.now());
        Optional<String> failure = world.faults().restoreFailure();
        Undertaking<Long> filling =
                world.undertake(world.timings().tableRestore(), () -> fill(target, origin, failure));
        Instant visibleFrom = world.now().plus(world.faults().visibleAfter());
        state.copy = Optional.of(new TableState.Copy(filling, origin.summary(), visibleFrom));
        tables.replace(target, state);
        return filling;
    }

    // What becomes of a table whose restore fails is not documented: here it vanishes.
    private long fill(String target, Origin origin, Optional<String> failure) {
        if (failure.isPresent()) {
            local.deleteTable(delete -> delete.tableName(target));
            throw new EngineFailure(failure.get());
        }
        return origin.fill().applyAsLong(target);
    }

    private static String sourceOf(RestoreTableToPointInTimeRequest request) {
        if (request.sourceTableArn() == null && request.sourceTableName() == null) {
            throw TableRefusals.invalid("Either SourceTableArn or SourceTableName must be provided");
        }
        return DynamoDbStandIn.name(
                request.sourceTableArn() == null ? request.sourceTableName() : request.sourceTableArn());
    }

    private TableDescription sourceDescription(String source) {
        try {
            TableDescription described = tables.describe(source);
            if (described.tableStatus() == TableStatus.DELETING) {
                throw TableRefusals.sourceInUse(source);
            }
            return described;
        } catch (ResourceNotFoundException _) {
            throw TableRefusals.noSource(source);
        }
    }

    private static Instant timeOf(RestoreTableToPointInTimeRequest request, Instant earliest, Instant latest) {
        boolean useLatest = Boolean.TRUE.equals(request.useLatestRestorableTime());
        @Nullable Instant given = request.restoreDateTime();
        if (useLatest == (given != null)) {
            throw TableRefusals.invalid("Exactly one of RestoreDateTime and UseLatestRestorableTime must be specified");
        }
        Instant at = given == null ? latest : given.truncatedTo(ChronoUnit.SECONDS);
        if (at.isBefore(earliest) || at.isAfter(latest)) {
            throw TableRefusals.outsideWindow("%s to %s".formatted(earliest, latest));
        }
        return at;
    }

    private void refuseWhereTaken(String target) {
        if (tables.state(target).copy.filter(copy -> copy.filling().underWay()).isPresent()) {
            throw TableRefusals.targetInUse(target);
        }
        try {
            tables.describe(target);
        } catch (ResourceNotFoundException _) {
            if (tables.state(target).copy.isEmpty()
                    || tables.state(target).deletion.isPresent()) {
                return;
            }
        }
        throw TableRefusals.targetExists(target);
    }

    private long inProgress() {
        return tables.states().stream()
                .filter(state ->
                        state.copy.filter(copy -> copy.filling().underWay()).isPresent())
                .count();
    }

    private static TableDescription overridden(TableDescription schema, RestoreTableToPointInTimeRequest request) {
        TableDescription.Builder target = schema.toBuilder();
        if (request.hasGlobalSecondaryIndexOverride()) {
            List<String> kept = request.globalSecondaryIndexOverride().stream()
                    .map(GlobalSecondaryIndex::indexName)
                    .toList();
            target.globalSecondaryIndexes(schema.globalSecondaryIndexes().stream()
                    .filter(index -> kept.contains(index.indexName()))
                    .toList());
        }
        if (request.hasLocalSecondaryIndexOverride()) {
            List<String> kept = request.localSecondaryIndexOverride().stream()
                    .map(LocalSecondaryIndex::indexName)
                    .toList();
            target.localSecondaryIndexes(schema.localSecondaryIndexes().stream()
                    .filter(index -> kept.contains(index.indexName()))
                    .toList());
        }
        Optional.ofNullable(request.billingModeOverride())
                .ifPresent(mode -> target.billingModeSummary(summary -> summary.billingMode(mode)));
        Optional.ofNullable(request.provisionedThroughputOverride())
                .ifPresent(units -> target.provisionedThroughput(throughput -> throughput
                        .readCapacityUnits(units.readCapacityUnits())
                        .writeCapacityUnits(units.writeCapacityUnits())));
        return target.build();
    }

    private static CreateTableRequest creation(String target, TableDescription schema) {
        boolean onDemand = schema.billingModeSummary() != null
                && schema.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST;
        CreateTableRequest.Builder creation = CreateTableRequest.builder()
                .tableName(target)
                .keySchema(schema.keySchema())
                .billingMode(onDemand ? BillingMode.PAY_PER_REQUEST : BillingMode.PROVISIONED)
                .provisionedThroughput(onDemand ? null : units(schema.provisionedThroughput()));
        if (!schema.globalSecondaryIndexes().isEmpty()) {
            creation.globalSecondaryIndexes(schema.globalSecondaryIndexes().stream()
                    .map(index -> index(index, onDemand))
                    .toList());
        }
        if (!schema.localSecondaryIndexes().isEmpty()) {
            creation.localSecondaryIndexes(schema.localSecondaryIndexes().stream()
                    .map(TableRestores::index)
                    .toList());
        }
        return creation.attributeDefinitions(usedAttributes(schema)).build();
    }

    private static List<AttributeDefinition> usedAttributes(TableDescription schema) {
        List<String> used = Stream.of(
                        schema.keySchema().stream(),
                        schema.globalSecondaryIndexes().stream().flatMap(index -> index.keySchema().stream()),
                        schema.localSecondaryIndexes().stream().flatMap(index -> index.keySchema().stream()))
                .flatMap(elements -> elements)
                .map(element -> element.attributeName())
                .toList();
        return schema.attributeDefinitions().stream()
                .filter(attribute -> used.contains(attribute.attributeName()))
                .toList();
    }

    private static GlobalSecondaryIndex index(GlobalSecondaryIndexDescription index, boolean onDemand) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.indexName())
                .keySchema(index.keySchema())
                .projection(index.projection())
                .provisionedThroughput(onDemand ? null : units(index.provisionedThroughput()))
                .build();
    }

    private static LocalSecondaryIndex index(LocalSecondaryIndexDescription index) {
        return LocalSecondaryIndex.builder()
                .indexName(index.indexName())
                .keySchema(index.keySchema())
                .projection(index.projection())
                .build();
    }

    private static ProvisionedThroughput units(ProvisionedThroughputDescription described) {
        return ProvisionedThroughput.builder()
                .readCapacityUnits(described.readCapacityUnits())
                .writeCapacityUnits(described.writeCapacityUnits())
                .build();
    }
}
