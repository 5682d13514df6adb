package lifeboat.aws.dynamodb;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.items.GuardedWrite;
import lifeboat.reconcile.items.Item;
import lifeboat.reconcile.items.ItemKey;
import lifeboat.reconcile.items.ItemTable;
import lifeboat.reconcile.items.PageDigester;
import lifeboat.reconcile.items.ScanSegment;
import lifeboat.reconcile.items.TableShape;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionSizeLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// A DynamoDB table.
///
/// The client has to be built with {@link ItemClients}: without its interceptor a scan would see no items, which is
/// checked.
public final class DynamoDbItemTable implements ItemTable {
    private final DynamoDbClient dynamoDb;
    private final boolean consistentScan;
    private final TableShape shape;
    private final Map<Digesting, Queue<ScanPage>> idlePages = new ConcurrentHashMap<>();

    /// @param table its name
    /// @param consistentScan true for a table that is being written: a scan then sees every write before it, at
    ///     twice the read units
    /// @throws software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException no such table
    public DynamoDbItemTable(DynamoDbClient dynamoDb, String table, boolean consistentScan) {
        this.dynamoDb = dynamoDb;
        this.consistentScan = consistentScan;
        this.shape = TableShapes.read(dynamoDb, table);
    }

    @Override
    public TableShape shape() {
        return shape;
    }

    @Override
    public SegmentScan scan(ScanSegment segment, long seed, Set<String> told) {
        return new Scan(
                segment,
                idlePages.computeIfAbsent(new Digesting(seed, told), any -> new ConcurrentLinkedQueue<>()),
                seed,
                told);
    }

    @Override
    public Map<ItemKey, Item> read(Collection<ItemKey> keys) {
        var found = new HashMap<ItemKey, Item>();
        var wanted = keys.stream().map(this::sdkKey).toList();
        while (!wanted.isEmpty()) {
            var request = KeysAndAttributes.builder()
                    .keys(wanted)
                    .consistentRead(true)
                    .build();
            var response = dynamoDb.batchGetItem(batch -> batch.requestItems(Map.of(shape.name(), request)));
            response.responses().getOrDefault(shape.name(), List.of()).forEach(item -> put(found, item));
            wanted = response.unprocessedKeys().containsKey(shape.name())
                    ? response.unprocessedKeys().get(shape.name()).keys()
                    : List.of();
        }
        return found;
    }

    private void put(Map<ItemKey, Item> found, Map<String, AttributeValue> attributes) {
        var item = Attributes.item(attributes);
        found.put(ItemKey.of(shape.key(), item.attributes()), item);
    }

    private Map<String, AttributeValue> sdkKey(ItemKey key) {
        return Attributes.sdk(key.attributes(shape.key()));
    }

    @Override
    public Optional<Instant> newestWrite(String attributes) {
        return new NewestItem(dynamoDb, shape.name(), attributes).writtenAt();
    }

    @Override
    public Optional<Refusal> refusesWrites() {
        return WriteProbe.refuses(dynamoDb, shape);
    }

    @Override
    public Written write(GuardedWrite write) {
        try {
            return switch (write) {
                case GuardedWrite.Create create -> create(create);
                case GuardedWrite.Change change -> change(change);
                case GuardedWrite.Remove remove -> remove(remove);
            };
        } catch (ConditionalCheckFailedException e) {
            var found = e.hasItem() ? Optional.of(Attributes.item(e.item())) : Optional.<Item>empty();
            return found.equals(write.wanted())
                    ? new Written.AlreadySo(answerLost(e))
                    : new Written.ChangedSince(found, answerLost(e));
        } catch (ItemCollectionSizeLimitExceededException full) {
            return new Written.Refused();
        } catch (DynamoDbException e) {
            if (isRefusedForGood(e)) {
                return new Written.Refused();
            }
            throw e;
        }
    }

    /// The table says no to the item itself, and will say so again.
    ///
    /// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html">Global secondary
    ///     indexes: a write whose index key has another type than the index is refused</a>
    private static boolean isRefusedForGood(DynamoDbException e) {
        return e.awsErrorDetails() != null
                && "ValidationException".equals(e.awsErrorDetails().errorCode());
    }

    /// The condition of a second attempt also fails where the first one succeeded and its answer was lost.
    private static boolean answerLost(ConditionalCheckFailedException e) {
        return e.numAttempts() == null || e.numAttempts() > 1;
    }

    private Written create(GuardedWrite.Create create) {
        dynamoDb.putItem(put -> put.tableName(shape.name())
                .item(Attributes.sdk(create.item().attributes()))
                .conditionExpression(create.condition().text())
                .expressionAttributeNames(create.condition().names())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        return new Written.Done();
    }

    private Written change(GuardedWrite.Change change) {
        var names = new HashMap<>(change.condition().names());
        names.putAll(change.update().names());
        var values = new HashMap<>(change.condition().values());
        values.putAll(change.update().values());
        dynamoDb.updateItem(update -> update.tableName(shape.name())
                .key(sdkKey(change.key()))
                .updateExpression(change.update().text())
                .conditionExpression(change.condition().text())
                .expressionAttributeNames(names)
                .expressionAttributeValues(Attributes.sdk(values))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        return new Written.Done();
    }

    private Written remove(GuardedWrite.Remove remove) {
        var removed = dynamoDb.deleteItem(delete -> delete.tableName(shape.name())
                .key(sdkKey(remove.key()))
                .conditionExpression(remove.condition().text())
                .expressionAttributeNames(remove.condition().names())
                .expressionAttributeValues(Attributes.sdk(remove.condition().values()))
                .returnValues(ReturnValue.ALL_OLD)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
        var item = Attributes.item(removed.attributes());
        return item.equals(remove.item()) ? new Written.Done() : putBack(item);
    }

    /// An attribute that nobody had seen came with the item in the last instant: the item returns, unless another took
    /// its place.
    private Written putBack(Item item) {
        try {
            dynamoDb.putItem(put -> put.tableName(shape.name())
                    .item(Attributes.sdk(item.attributes()))
                    .conditionExpression("attribute_not_exists(#0)")
                    .expressionAttributeNames(
                            Map.of("#0", shape.key().partition().name())));
            return new Written.ChangedSince(Optional.of(item), false);
        } catch (ConditionalCheckFailedException e) {
            return new Written.ChangedSince(Optional.of(item), false);
        }
    }

    /// A page that was made for one way of digesting is of no use for another.
    private record Digesting(long seed, Set<String> told) {}

    /// One segment, page after page, each digested from the response's own bytes.
    private final class Scan implements SegmentScan {
        private final ScanSegment segment;
        private final Queue<ScanPage> idle;
        private final ScanPage page;
        private @Nullable Map<String, AttributeValue> from;

        Scan(ScanSegment segment, Queue<ScanPage> idle, long seed, Set<String> told) {
            this.segment = segment;
            this.idle = idle;
            var page = idle.poll();
            this.page = page != null ? page : new ScanPage(new PageDigester(shape.key(), seed, told));
        }

        @Override
        public boolean next(PageDigester.Sink sink) {
            page.expect();
            var response = dynamoDb.scan(scan -> scan.tableName(shape.name())
                    .segment(segment.index())
                    .totalSegments(segment.total())
                    .consistentRead(consistentScan)
                    .exclusiveStartKey(from)
                    .overrideConfiguration(request -> request.putExecutionAttribute(RawScan.PAGE, page)));
            page.forEach(sink);
            from = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
            return from != null;
        }

        @Override
        public void close() {
            idle.add(page);
        }
    }
}
