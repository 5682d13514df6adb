package lifeboat.local.engine;

import static lifeboat.local.engine.WriteGate.ACCESS_KEY;
import static lifeboat.local.engine.WriteGate.REGION;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.DescribeStreamRequest;
import com.amazonaws.services.dynamodbv2.model.DescribeTableRequest;
import com.amazonaws.services.dynamodbv2.model.GetRecordsRequest;
import com.amazonaws.services.dynamodbv2.model.GetRecordsResult;
import com.amazonaws.services.dynamodbv2.model.GetShardIteratorRequest;
import com.amazonaws.services.dynamodbv2.model.KeySchemaElement;
import com.amazonaws.services.dynamodbv2.model.Record;
import com.amazonaws.services.dynamodbv2.model.Shard;
import com.amazonaws.services.dynamodbv2.model.ShardIteratorType;
import com.amazonaws.services.dynamodbv2.model.StreamRecord;
import com.amazonaws.services.dynamodbv2.model.StreamSpecification;
import com.amazonaws.services.dynamodbv2.model.StreamViewType;
import com.amazonaws.services.dynamodbv2.model.TableDescription;
import com.amazonaws.services.dynamodbv2.model.UpdateTableRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What happened to one table since its history was begun: the items it held then, and every change that its
/// stream told since, with the place in that sequence at which each second began.
///
/// Kept in memory, since it is meant for the data of a rehearsal. Not safe for use without the gate.
final class TableHistory {
    private final WriteGate engine;
    private final TableDescription table;
    private final List<Map<String, AttributeValue>> base;
    private final Instant earliest;
    private final List<Change> changes = new ArrayList<>();
    private final TreeMap<Instant, Integer> seconds = new TreeMap<>();
    private Shard shard;
    private String iterator;

    private record Change(
            Map<String, AttributeValue> key, @Nullable Map<String, AttributeValue> after) {}

    private TableHistory(
            WriteGate engine, TableDescription table, List<Map<String, AttributeValue>> base, Instant earliest) {
        this.engine = engine;
        this.table = table;
        this.base = base;
        this.earliest = earliest;
        this.shard = shards().getLast();
        this.iterator = iteratorAt(ShardIteratorType.LATEST);
    }

    /// Turns the table's stream on and starts reading at its end. The caller keeps writers out.
    static TableHistory begin(
            WriteGate engine, String name, List<Map<String, AttributeValue>> items, Instant earliest) {
        TableDescription table = withStream(engine, name);
        return new TableHistory(engine, table, items, earliest);
    }

    private static TableDescription withStream(WriteGate engine, String name) {
        TableDescription table = engine.describeTable(ACCESS_KEY, REGION, new DescribeTableRequest(name))
                .getTable();
        if (table.getStreamSpecification() != null) {
            return table;
        }
        StreamSpecification images =
                new StreamSpecification().withStreamEnabled(true).withStreamViewType(StreamViewType.NEW_AND_OLD_IMAGES);
        return engine.updateTable(
                        ACCESS_KEY,
                        REGION,
                        new UpdateTableRequest().withTableName(name).withStreamSpecification(images))
                .getTableDescription();
    }

    Instant earliest() {
        return earliest;
    }

    /// Notes that everything the stream has told so far came before that second.
    void turnTo(Instant second) {
        read();
        seconds.put(second, changes.size());
    }

    /// The items as of an instant: the base, and every change that came before it.
    List<Map<String, AttributeValue>> at(Instant at) {
        read();
        Map.@Nullable Entry<Instant, Integer> mark = seconds.ceilingEntry(at);
        int upTo = mark == null ? changes.size() : mark.getValue();
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items = new LinkedHashMap<>();
        base.forEach(item -> items.put(keyOf(item), item));
        for (Change change : changes.subList(0, upTo)) {
            if (change.after() == null) {
                items.remove(change.key());
            } else {
                items.put(change.key(), change.after());
            }
        }
        return List.copyOf(items.values());
    }

    private void read() {
        while (true) {
            GetRecordsResult page = page();
            page.getRecords().stream()
                    .map(Record::getDynamodb)
                    .map(TableHistory::change)
                    .forEach(changes::add);
            if (page.getNextShardIterator() == null) {
                moveToNextShard();
            } else {
                iterator = page.getNextShardIterator();
                if (page.getRecords().isEmpty()) {
                    return;
                }
            }
        }
    }

    // DynamoDB Local calls data trimmed where a shard was empty when the iterator was made and another table was
    // written before it got its first record. Nothing is lost then: the whole shard is still to be read.
    private GetRecordsResult page() {
        try {
            return page(iterator);
        } catch (AmazonServiceException failure) {
            if (!"TrimmedDataAccessException".equals(failure.getErrorCode())) {
                throw failure;
            }
            return page(iteratorAt(ShardIteratorType.TRIM_HORIZON));
        }
    }

    private GetRecordsResult page(String from) {
        return engine.getRecords(ACCESS_KEY, REGION, new GetRecordsRequest().withShardIterator(from));
    }

    private static Change change(StreamRecord told) {
        return new Change(told.getKeys(), told.getNewImage());
    }

    // DynamoDB Local closes a shard after four hours.
    private void moveToNextShard() {
        shard = shards().stream()
                .filter(next -> shard.getShardId().equals(next.getParentShardId()))
                .findFirst()
                .orElseThrow(() -> new EngineFailure("the stream of \"%s\" ended".formatted(table.getTableName())));
        iterator = iteratorAt(ShardIteratorType.TRIM_HORIZON);
    }

    private List<Shard> shards() {
        return engine.describeStream(
                        ACCESS_KEY, REGION, new DescribeStreamRequest().withStreamArn(table.getLatestStreamArn()))
                .getStreamDescription()
                .getShards();
    }

    private String iteratorAt(ShardIteratorType type) {
        GetShardIteratorRequest request = new GetShardIteratorRequest()
                .withStreamArn(table.getLatestStreamArn())
                .withShardId(shard.getShardId())
                .withShardIteratorType(type);
        return engine.getShardIterator(ACCESS_KEY, REGION, request).getShardIterator();
    }

    private Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        for (KeySchemaElement element : table.getKeySchema()) {
            key.put(element.getAttributeName(), item.get(element.getAttributeName()));
        }
        return key;
    }
}
