package lifeboat.aws.ledger;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.failure.Failure;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Segment;
import lifeboat.objective.Assessment;
import lifeboat.parity.Settings;
import lifeboat.recovery.ClosedVerdict;
import lifeboat.recovery.CopyEntry;
import lifeboat.recovery.CopyEvent;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.RecoveryLedger;
import lifeboat.recovery.RecoveryRequest;
import lifeboat.recovery.Summary;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The ledger as one DynamoDB table; its keys and access patterns are those of `docs/reference/ledger.md`.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">DynamoDB
///     transactions</a>
public final class DynamoDbLedger implements RecoveryLedger {
    private static final int MOST_IN_A_BATCH = 100;
    private static final String NEW = "attribute_not_exists(pk)";
    private static final Duration LOCK = Duration.ofDays(7);
    private static final Duration EVIDENCE_KEPT = Duration.ofDays(400);
    private final DynamoDbClient dynamoDb;
    private final String table;
    private final RegionName region;
    private final CopyItems copies;

    /// Keeps the ledger in a table, used from the region of the live resources.
    ///
    /// @param environment where the resources of copies are looked up
    public DynamoDbLedger(DynamoDbClient dynamoDb, String table, Environment environment) {
        this(dynamoDb, table, environment, environment.region());
    }

    /// Keeps the ledger in a table that is replicated to other regions.
    ///
    /// @param environment where the resources of copies are looked up
    /// @param region where the copies are made that are opened here: what is left behind is swept in its own region
    public DynamoDbLedger(DynamoDbClient dynamoDb, String table, Environment environment, RegionName region) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.region = region;
        this.copies = new CopyItems(environment, region);
    }

    @Override
    public Recovery open(Recovery planned) {
        rememberSettings(planned);
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(put(RecoveryItems.planned(planned)));
        writes.add(lock(planned));
        writes.add(put(RecoveryItems.unclosed(planned, region)));
        for (CopyEntry copy : planned.copies()) {
            writes.add(put(copies.planned(planned, copy)));
        }
        try {
            dynamoDb.transactWriteItems(request -> request.transactItems(writes));
            return planned;
        } catch (TransactionCanceledException e) {
            return find(planned.id()).orElseThrow(() -> alreadyCarriedOut(planned, e));
        }
    }

    private TransactWriteItem lock(Recovery planned) {
        Items item = Items.key(Keys.request(planned.request()), "RUNNING")
                .text("recovery", planned.id().value())
                .number("expiresAt", planned.startedAt().plus(LOCK).getEpochSecond());
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(item.attributes())
                        .conditionExpression(
                                "attribute_not_exists(recovery) OR attribute_not_exists(expiresAt) OR expiresAt < :now")
                        .expressionAttributeValues(Map.of(
                                ":now",
                                AttributeValue.fromN(
                                        Long.toString(planned.startedAt().getEpochSecond())))))
                .build();
    }

    private RuntimeException alreadyCarriedOut(Recovery planned, TransactionCanceledException cause) {
        return underway(planned.request(), planned.startedAt())
                .<RuntimeException>map(RecoveryRequest::alreadyCarriedOutBy)
                .orElse(cause);
    }

    @Override
    public Optional<RecoveryId> underway(RecoveryRequest request, Instant now) {
        return get(Keys.request(request), "RUNNING")
                .filter(item -> item.number("expiresAt").orElse(0L) >= now.getEpochSecond())
                .flatMap(item -> item.find("recovery"))
                .map(RecoveryId::new);
    }

    /// Outside of the transaction, which holds at most 100 items: they are true whether the recovery opens or not.
    private void rememberSettings(Recovery planned) {
        planned.copies().stream()
                .filter(copy -> !copy.copy().settings().equals(Settings.NONE))
                .map(copy -> settings(planned, copy))
                .forEach(this::putIfNewer);
    }

    private void putIfNewer(Items settings) {
        try {
            dynamoDb.putItem(request -> request.tableName(table)
                    .item(settings.attributes())
                    .conditionExpression("attribute_not_exists(pk) OR capturedAt < :capturedAt")
                    .expressionAttributeValues(
                            Map.of(":capturedAt", AttributeValue.fromS(settings.text("capturedAt")))));
        } catch (ConditionalCheckFailedException e) {
            return; // captured again since, by a recovery that started later
        }
    }

    private static Items settings(Recovery planned, CopyEntry copy) {
        return Items.key(
                        Keys.settings(planned.request().workload()),
                        copy.copy().source().name().value())
                .map("settings", copy.copy().settings().values())
                .text("capturedAt", Keys.sortable(planned.startedAt()));
    }

    private TransactWriteItem put(Items item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item.attributes()).conditionExpression(NEW))
                .build();
    }

    @Override
    public Optional<Recovery> find(RecoveryId id) {
        List<Items> items = query(Keys.recovery(id));
        List<CopyEntry> entries = items.stream()
                .filter(item -> item.text("sk").startsWith(CopyItems.PREFIX))
                .map(copies::read)
                .toList();
        return items.stream()
                .filter(item -> item.text("sk").equals(Keys.RECOVERY))
                .findFirst()
                .map(item ->
                        RecoveryItems.read(item, entries, verdict(id).flatMap(found -> found.instant("closedAt"))));
    }

    private Optional<Items> verdict(RecoveryId id) {
        return get(Keys.verdict(id), VerdictItems.VERDICT);
    }

    @Override
    public Optional<ClosedVerdict> closed(RecoveryId id) {
        return verdict(id).map(item -> new ClosedVerdict(item.text("verdict"), item.text("digest")));
    }

    @Override
    public Optional<String> execution(RecoveryId id) {
        return get(Keys.recovery(id), Keys.RECOVERY).flatMap(item -> item.find("execution"));
    }

    @Override
    public void record(RecoveryId id, ResourceName resource, CopyEvent event) {
        EventUpdate.of(event).write(dynamoDb, table, Keys.recovery(id), CopyItems.PREFIX + resource);
    }

    @Override
    public void evidence(RecoveryId id, ResourceName resource, Segment segment, Evidence evidence) {
        Items item =
                Items.key(Keys.evidence(id, resource), segment.label()).text("evidence", EvidenceJson.write(evidence));
        find(id).ifPresent(recovery -> item.number(
                "expiresAt", recovery.startedAt().plus(EVIDENCE_KEPT).getEpochSecond()));
        putNew(item);
    }

    @Override
    public Map<Segment, Evidence> evidence(RecoveryId id, ResourceName resource) {
        Map<Segment, Evidence> evidence = new HashMap<>();
        query(Keys.evidence(id, resource))
                .forEach(item -> evidence.put(new Segment(item.text("sk")), EvidenceJson.read(item.text("evidence"))));
        return Map.copyOf(evidence);
    }

    @Override
    public boolean close(RecoveryId id, Assessment assessment, Instant at) {
        Recovery recovery = find(id).orElseThrow();
        boolean closed = putNew(VerdictItems.closed(recovery, assessment, at));
        release(recovery.request(), id);
        dynamoDb.deleteItem(delete -> delete.tableName(table)
                .key(Items.key(Keys.unclosed(id), RecoveryItems.UNCLOSED).attributes()));
        return closed;
    }

    private boolean putNew(Items item) {
        try {
            dynamoDb.putItem(
                    request -> request.tableName(table).item(item.attributes()).conditionExpression(NEW));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false; // the first one counts
        }
    }

    @Override
    public void release(RecoveryRequest request, RecoveryId id) {
        try {
            dynamoDb.deleteItem(delete -> delete.tableName(table)
                    .key(Items.key(Keys.request(request), "RUNNING").attributes())
                    .conditionExpression("recovery = :id")
                    .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(id.value()))));
        } catch (ConditionalCheckFailedException e) {
            return; // another recovery holds it by now
        }
    }

    @Override
    public OpenCopies openCopies(Instant startedBefore) {
        List<OpenCopy> open = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        open(Keys.open(region), startedBefore).forEach(item -> {
            try {
                open.add(CopyItems.open(item));
            } catch (IllegalStateException | Invalid e) {
                unreadable.add("%s: %s".formatted(item.name(), Failure.text(e)));
            }
        });
        return new OpenCopies(open, unreadable);
    }

    @Override
    public List<RecoveryId> leftOpen(Instant startedBefore) {
        return open(Keys.unclosed(region), startedBefore)
                .map(item -> new RecoveryId(item.text("id")))
                .toList();
    }

    private Stream<Items> open(String partition, Instant startedBefore) {
        return dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .indexName("open")
                        .keyConditionExpression("gsi2pk = :open AND gsi2sk < :before")
                        .expressionAttributeValues(Map.of(
                                ":open", AttributeValue.fromS(partition),
                                ":before", AttributeValue.fromS(Keys.sortable(startedBefore)))))
                .items()
                .stream()
                .map(Items::of);
    }

    @Override
    public List<Summary> history(WorkloadName workload, int most) {
        List<Items> items = dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .indexName("byWorkload")
                        .keyConditionExpression("gsi1pk = :workload")
                        .expressionAttributeValues(Map.of(":workload", AttributeValue.fromS(Keys.workload(workload))))
                        .scanIndexForward(false)
                        .limit(most))
                .items()
                .stream()
                .limit(most) // a page is as long as that or a mebibyte, whichever comes first
                .map(Items::of)
                .toList();
        Map<String, Items> verdicts = verdicts(items);
        return items.stream().map(item -> summary(item, verdicts)).toList();
    }

    /// An entry that cannot be read counts as a drill that was not measured: it hides no other, and never counts as
    /// met.
    private static Summary summary(Items item, Map<String, Items> verdicts) {
        try {
            return RecoveryItems.summary(item, Optional.ofNullable(verdicts.get("VERDICT#" + item.text("id"))));
        } catch (IllegalArgumentException | IllegalStateException | DateTimeException | NoSuchElementException e) {
            return RecoveryItems.unreadable(item);
        }
    }

    /// At most 100 in one call; what the table leaves out for want of capacity is asked for again.
    private Map<String, Items> verdicts(List<Items> recoveries) {
        List<Map<String, AttributeValue>> keys = recoveries.stream()
                .map(item -> "VERDICT#" + item.text("pk").replaceFirst("^RECOVERY#", ""))
                .distinct()
                .map(pk -> Items.key(pk, VerdictItems.VERDICT).attributes())
                .toList();
        Map<String, Items> found = new HashMap<>();
        for (int from = 0; from < keys.size(); from += MOST_IN_A_BATCH) {
            var some = KeysAndAttributes.builder()
                    .keys(keys.subList(from, Math.min(from + MOST_IN_A_BATCH, keys.size())))
                    .consistentRead(true)
                    .build();
            dynamoDb.batchGetItemPaginator(request -> request.requestItems(Map.of(table, some))).stream()
                    .flatMap(page -> page.responses().getOrDefault(table, List.of()).stream())
                    .map(Items::of)
                    .forEach(item -> found.put(item.text("pk"), item));
        }
        return found;
    }

    @Override
    public Optional<Settings> lastSettings(WorkloadName workload, ResourceName resource) {
        return get(Keys.settings(workload), resource.value()).map(item -> new Settings(item.map("settings")));
    }

    private Optional<Items> get(String pk, String sk) {
        var response = dynamoDb.getItem(request ->
                request.tableName(table).key(Items.key(pk, sk).attributes()).consistentRead(true));
        return response.hasItem() ? Optional.of(Items.of(response.item())) : Optional.empty();
    }

    private List<Items> query(String pk) {
        return dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk))))
                .items()
                .stream()
                .map(Items::of)
                .toList();
    }
}
