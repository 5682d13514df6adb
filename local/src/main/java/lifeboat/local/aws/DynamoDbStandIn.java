package lifeboat.local.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import lifeboat.local.engine.DynamoDbEngine;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsStatus;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoverySpecification;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeResponse;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;

/// Stands in for what DynamoDB offers beyond DynamoDB Local: point-in-time recovery, table class, stream setting.
/// What else can be attached to a table is [TableAttachments]; everything else goes to the engine.
///
/// The engine's own stream is always on where history is kept; what a caller sees is the setting it made.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html">DynamoDB API</a>
final class DynamoDbStandIn implements DynamoDbClient, Line.BeforeEngine {
    private final World world;
    private final DynamoDbEngine engine;
    private final DynamoDbClient local;
    private final TableRestores restores;
    private final TableOwnBackups backups;
    private final Map<String, TableState> tables = new ConcurrentHashMap<>();

    DynamoDbStandIn(World world, DynamoDbEngine engine, DynamoDbClient local) {
        this.world = world;
        this.engine = engine;
        this.local = local;
        this.restores = new TableRestores(world, engine, local, this);
        this.backups = new TableOwnBackups(world, engine, this);
    }

    TableRestores restores() {
        return restores;
    }

    TableOwnBackups backups() {
        return backups;
    }

    TableState state(String table) {
        return tables.computeIfAbsent(table, _ -> new TableState());
    }

    void replace(String table, TableState state) {
        tables.put(table, state);
    }

    Collection<TableState> states() {
        return tables.values();
    }

    String arn(String table) {
        return world.account().arn("dynamodb", "table/" + table);
    }

    /// The name of a table that was given by name or by ARN.
    static String name(String nameOrArn) {
        return nameOrArn.startsWith("arn:") ? nameOrArn.substring(nameOrArn.indexOf('/') + 1) : nameOrArn;
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {
        local.close();
    }

    /// A table that is not there yet, or not any more, takes no data.
    @Override
    public void admit(SdkRequest request) {
        request.getValueForField("TableName", String.class).ifPresent(this::admit);
        request.getValueForField("RequestItems", Map.class).ifPresent(this::admitEach);
    }

    private void admitEach(Map<?, ?> items) {
        items.keySet().forEach(table -> admit(table.toString()));
    }

    private void admit(String table) {
        if (filling(name(table)) || state(name(table)).deletion.isPresent()) {
            throw TableRefusals.noSuchTable(name(table));
        }
    }

    @Override
    public CreateTableResponse createTable(CreateTableRequest request) {
        TableState state = state(request.tableName());
        if (state.deletion.filter(this::lasting).isPresent()) {
            throw TableRefusals.inUse(request.tableName());
        }
        TableDescription created = local.createTable(request.toBuilder()
                        .tags((Collection<Tag>) null)
                        .streamSpecification((StreamSpecification) null)
                        .build())
                .tableDescription();
        TableState fresh = new TableState();
        fresh.createdAt = Optional.of(world.now());
        tables.put(request.tableName(), fresh);
        request.tags().forEach(tag -> fresh.tags.put(tag.key(), tag.value()));
        Optional.ofNullable(request.streamSpecification()).ifPresent(stream -> setStream(fresh, stream));
        Optional.ofNullable(request.tableClass()).ifPresent(tableClass -> fresh.tableClass = tableClass);
        return CreateTableResponse.builder().tableDescription(shown(created)).build();
    }

    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
        return DescribeTableResponse.builder()
                .table(describe(name(request.tableName())))
                .build();
    }

    TableDescription describe(String table) {
        TableState state = state(table);
        if (state.deletion.isPresent()) {
            return state.deletion
                    .filter(this::lasting)
                    .map(TableState.Deletion::last)
                    .orElseThrow(() -> TableRefusals.noSuchTable(table));
        }
        if (state.copy.filter(copy -> world.now().isBefore(copy.visibleFrom())).isPresent()) {
            throw TableRefusals.noSuchTable(table);
        }
        return begun(table);
    }

    /// What whoever makes a table is told of it, though others may not see it yet.
    TableDescription begun(String table) {
        return shown(local.describeTable(describe -> describe.tableName(table)).table());
    }

    private boolean lasting(TableState.Deletion deletion) {
        return world.now().isBefore(deletion.goneAt());
    }

    private TableDescription shown(TableDescription real) {
        TableState state = state(real.tableName());
        String arn = arn(real.tableName());
        Instant created = state.createdAt.orElse(real.creationDateTime());
        TableDescription.Builder shown = real.toBuilder()
                .tableArn(arn)
                .tableStatus(status(state, real))
                .creationDateTime(created)
                .tableId(UUID.nameUUIDFromBytes((arn + created).getBytes(StandardCharsets.UTF_8))
                        .toString())
                .sseDescription(state.encryption)
                .tableClassSummary(summary -> summary.tableClass(state.tableClass))
                .streamSpecification(state.stream)
                .latestStreamLabel(state.streamLabel)
                .latestStreamArn(state.streamLabel == null ? null : arn + "/stream/" + state.streamLabel);
        state.copy
                .filter(copy -> copy.filling().underWay()) // a table that is active says nothing of its origin
                .ifPresent(copy -> shown.restoreSummary(copy.summary()));
        return shown.globalSecondaryIndexes(real.globalSecondaryIndexes().stream()
                        .map(index -> index.toBuilder()
                                .indexArn(arn + "/index/" + index.indexName())
                                .build())
                        .toList())
                .build();
    }

    private static TableStatus status(TableState state, TableDescription real) {
        boolean filling = state.copy.filter(copy -> copy.filling().underWay()).isPresent();
        return filling ? TableStatus.CREATING : real.tableStatus();
    }

    @Override
    public UpdateTableResponse updateTable(UpdateTableRequest request) {
        String table = name(request.tableName());
        TableDescription before = active(table);
        TableState state = state(table);
        Optional.ofNullable(request.streamSpecification()).ifPresent(stream -> setStream(state, stream));
        Optional.ofNullable(request.tableClass()).ifPresent(tableClass -> state.tableClass = tableClass);
        UpdateTableRequest rest = request.toBuilder()
                .tableName(table)
                .streamSpecification((StreamSpecification) null)
                .tableClass((String) null)
                .build();
        boolean nothingElse =
                rest.equals(UpdateTableRequest.builder().tableName(table).build());
        TableDescription after = nothingElse ? before : local.updateTable(rest).tableDescription();
        return UpdateTableResponse.builder().tableDescription(shown(after)).build();
    }

    private void setStream(TableState state, StreamSpecification wanted) {
        boolean on = Boolean.TRUE.equals(wanted.streamEnabled());
        if (on == (state.stream != null)) {
            throw TableRefusals.invalid(on ? "Table already has an enabled stream" : "Table has no stream to disable");
        }
        state.stream = on ? wanted : null;
        state.streamLabel = on ? world.now().truncatedTo(ChronoUnit.MILLIS).toString() : state.streamLabel;
    }

    private TableDescription active(String table) {
        TableDescription described = existing(describe(table));
        if (described.tableStatus() != TableStatus.ACTIVE) {
            throw TableRefusals.inUse(table);
        }
        return described;
    }

    @Override
    public DeleteTableResponse deleteTable(DeleteTableRequest request) {
        String table = name(request.tableName());
        TableDescription last = active(table);
        if (state(table).recoverableSince.isPresent() && !Boolean.TRUE.equals(last.deletionProtectionEnabled())) {
            backups.keepOfDeleted(last);
        }
        local.deleteTable(delete -> delete.tableName(table));
        TableDescription deleting =
                last.toBuilder().tableStatus(TableStatus.DELETING).build();
        TableState state = state(table);
        Duration lasts = world.timings().deletion();
        state.deletion =
                Optional.of(new TableState.Deletion(deleting, world.now().plus(lasts)));
        return DeleteTableResponse.builder().tableDescription(deleting).build();
    }

    @Override
    public DescribeContinuousBackupsResponse describeContinuousBackups(DescribeContinuousBackupsRequest request) {
        String table = name(request.tableName());
        existing(table);
        return DescribeContinuousBackupsResponse.builder()
                .continuousBackupsDescription(continuousBackups(state(table)))
                .build();
    }

    @Override
    public UpdateContinuousBackupsResponse updateContinuousBackups(UpdateContinuousBackupsRequest request) {
        String table = name(request.tableName());
        active(table);
        TableState state = state(table);
        PointInTimeRecoverySpecification wanted = request.pointInTimeRecoverySpecification();
        if (!wanted.pointInTimeRecoveryEnabled()) {
            state.recoverableSince = Optional.empty();
            engine.dropHistory(table);
        } else if (state.recoverableSince.isEmpty()) {
            state.recoverableSince = Optional.of(engine.keepHistory(table));
        }
        Optional.ofNullable(wanted.recoveryPeriodInDays()).ifPresent(days -> state.recoveryDays = days);
        return UpdateContinuousBackupsResponse.builder()
                .continuousBackupsDescription(continuousBackups(state))
                .build();
    }

    private ContinuousBackupsDescription continuousBackups(TableState state) {
        PointInTimeRecoveryDescription recovery = state.recoverableSince
                .map(since -> PointInTimeRecoveryDescription.builder()
                        .pointInTimeRecoveryStatus(PointInTimeRecoveryStatus.ENABLED)
                        .recoveryPeriodInDays(state.recoveryDays)
                        .earliestRestorableDateTime(restores.earliest(state, since))
                        .latestRestorableDateTime(restores.latest(since))
                        .build())
                .orElseGet(() -> PointInTimeRecoveryDescription.builder()
                        .pointInTimeRecoveryStatus(PointInTimeRecoveryStatus.DISABLED)
                        .build());
        return ContinuousBackupsDescription.builder()
                .continuousBackupsStatus(ContinuousBackupsStatus.ENABLED)
                .pointInTimeRecoveryDescription(recovery)
                .build();
    }

    @Override
    public RestoreTableToPointInTimeResponse restoreTableToPointInTime(RestoreTableToPointInTimeRequest request) {
        return restores.toPointInTime(request);
    }

    /// A table that is being restored is described, and not there for every other call.
    TableState existing(String table) {
        existing(describe(table));
        return state(table);
    }

    private TableDescription existing(TableDescription described) {
        if (filling(described.tableName())) {
            throw TableRefusals.noSuchTable(described.tableName());
        }
        return described;
    }

    private boolean filling(String table) {
        return state(table).copy.filter(copy -> copy.filling().underWay()).isPresent();
    }
}
