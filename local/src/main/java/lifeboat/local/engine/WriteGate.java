package lifeboat.local.engine;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.BatchExecuteStatementRequest;
import com.amazonaws.services.dynamodbv2.model.BatchExecuteStatementResult;
import com.amazonaws.services.dynamodbv2.model.BatchWriteItemRequest;
import com.amazonaws.services.dynamodbv2.model.BatchWriteItemResult;
import com.amazonaws.services.dynamodbv2.model.DeleteItemRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteItemResult;
import com.amazonaws.services.dynamodbv2.model.DeleteTableRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteTableResult;
import com.amazonaws.services.dynamodbv2.model.ExecuteStatementRequest;
import com.amazonaws.services.dynamodbv2.model.ExecuteStatementResult;
import com.amazonaws.services.dynamodbv2.model.ExecuteTransactionRequest;
import com.amazonaws.services.dynamodbv2.model.ExecuteTransactionResult;
import com.amazonaws.services.dynamodbv2.model.PutItemRequest;
import com.amazonaws.services.dynamodbv2.model.PutItemResult;
import com.amazonaws.services.dynamodbv2.model.PutRequest;
import com.amazonaws.services.dynamodbv2.model.ScanRequest;
import com.amazonaws.services.dynamodbv2.model.ScanResult;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsRequest;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsResult;
import com.amazonaws.services.dynamodbv2.model.UpdateItemRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateItemResult;
import com.amazonaws.services.dynamodbv2.model.WriteRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The request handler of DynamoDB Local, with one addition: the first write of each second is let in only after
/// every earlier write is done and each history has noted where its stream stands.
///
/// So a table rebuilt as of second S holds exactly the writes that had arrived before S.
final class WriteGate extends LocalDynamoDBRequestHandler {
    static final String ACCESS_KEY = "local";
    static final String REGION = "us-east-1";
    private static final int BATCH = 25;

    private final InstantSource clock;
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
    private final Map<String, TableHistory> histories = new ConcurrentHashMap<>();
    private volatile Instant second = Instant.MIN;

    WriteGate(InstantSource clock) {
        super(0, true, null, true, false);
        this.clock = clock;
    }

    Instant keepHistory(String table) {
        return alone(() -> histories
                .computeIfAbsent(table, name -> TableHistory.begin(this, name, contents(name), nextSecond()))
                .earliest());
    }

    void dropHistory(String table) {
        histories.remove(table);
    }

    /// Every item of a table as it was at an instant.
    List<Map<String, AttributeValue>> contents(String table, Instant at) {
        return alone(() -> {
            @Nullable TableHistory history = histories.get(table);
            if (history == null) {
                throw new EngineFailure("table \"%s\" has no history".formatted(table));
            }
            return history.at(at);
        });
    }

    /// A table as it is now, while no write is under way.
    TableImage image(String table) {
        return alone(() -> new TableImage(contents(table), clock.instant()));
    }

    /// Every item of a table now.
    List<Map<String, AttributeValue>> contents(String table) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        ScanRequest request = new ScanRequest(table).withConsistentRead(true);
        ScanResult page = scan(ACCESS_KEY, REGION, request);
        items.addAll(page.getItems());
        while (page.getLastEvaluatedKey() != null) {
            page = scan(ACCESS_KEY, REGION, request.withExclusiveStartKey(page.getLastEvaluatedKey()));
            items.addAll(page.getItems());
        }
        return items;
    }

    long fill(String table, List<Map<String, AttributeValue>> items) {
        for (int from = 0; from < items.size(); from += BATCH) {
            List<WriteRequest> puts = items.subList(from, Math.min(from + BATCH, items.size())).stream()
                    .map(item -> new WriteRequest(new PutRequest(item)))
                    .toList();
            super.batchWriteItem(ACCESS_KEY, REGION, new BatchWriteItemRequest(Map.of(table, puts)));
        }
        return items.size();
    }

    private Instant nextSecond() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    private <T> T alone(Supplier<T> reading) {
        gate.writeLock().lock();
        try {
            return reading.get();
        } finally {
            gate.writeLock().unlock();
        }
    }

    private <T> T write(Supplier<T> writing) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (now.isAfter(second)) {
            alone(() -> turnTo(now));
        }
        gate.readLock().lock();
        try {
            return writing.get();
        } finally {
            gate.readLock().unlock();
        }
    }

    private Instant turnTo(Instant next) {
        if (next.isAfter(second)) {
            histories.values().forEach(history -> history.turnTo(next));
            second = next;
        }
        return second;
    }

    @Override
    public DeleteTableResult deleteTable(String key, String region, DeleteTableRequest request) {
        DeleteTableResult result = super.deleteTable(key, region, request);
        histories.remove(request.getTableName());
        return result;
    }

    @Override
    public PutItemResult putItem(String key, String region, PutItemRequest request) {
        return write(() -> super.putItem(key, region, request));
    }

    @Override
    public UpdateItemResult updateItem(String key, String region, UpdateItemRequest request) {
        return write(() -> super.updateItem(key, region, request));
    }

    @Override
    public DeleteItemResult deleteItem(String key, String region, DeleteItemRequest request) {
        return write(() -> super.deleteItem(key, region, request));
    }

    @Override
    public BatchWriteItemResult batchWriteItem(String key, String region, BatchWriteItemRequest request) {
        return write(() -> super.batchWriteItem(key, region, request));
    }

    @Override
    public TransactWriteItemsResult transactWriteItems(String key, String region, TransactWriteItemsRequest request) {
        return write(() -> super.transactWriteItems(key, region, request));
    }

    @Override
    public ExecuteStatementResult executeStatement(String key, String region, ExecuteStatementRequest request) {
        return write(() -> super.executeStatement(key, region, request));
    }

    @Override
    public BatchExecuteStatementResult batchExecuteStatement(
            String key, String region, BatchExecuteStatementRequest request) {
        return write(() -> super.batchExecuteStatement(key, region, request));
    }

    @Override
    public ExecuteTransactionResult executeTransaction(String key, String region, ExecuteTransactionRequest request) {
        return write(() -> super.executeTransaction(key, region, request));
    }
}
