package lifeboat.local.bench;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import lifeboat.reconcile.items.ScanSegment;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The bare thing: a parallel scan that takes the SDK's items and looks at nothing.
final class TypedScan {
    private TypedScan() {}

    /// How many items the table holds, by as many segments and threads as ours.
    static long count(DynamoDbClient dynamoDb, String table, long items) {
        return each(items, (segment, segments) -> count(dynamoDb, table, segment, segments));
    }

    /// The same by the asynchronous client, which brings its own threads.
    static long count(DynamoDbAsyncClient dynamoDb, String table, long items) {
        return each(items, (segment, segments) -> {
            var count = new AtomicLong();
            dynamoDb.scanPaginator(
                            scan -> scan.tableName(table).segment(segment).totalSegments(segments))
                    .subscribe(page -> count.addAndGet(page.items().size()))
                    .join();
            return count.get();
        });
    }

    private interface Counter {
        long count(int segment, int segments);
    }

    private static long each(long items, Counter counter) {
        var segments = ScanSegment.inProcess(items);
        var counts = new ArrayList<Future<Long>>();
        try (var threads = Executors.newFixedThreadPool(2 * Runtime.getRuntime().availableProcessors())) {
            for (var i = 0; i < segments; i++) {
                var segment = i;
                counts.add(threads.submit(() -> counter.count(segment, segments)));
            }
            var total = 0L;
            for (var count : counts) {
                total += count.get();
            }
            return total;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the bare scan failed", e.getCause());
        }
    }

    private static long count(DynamoDbClient dynamoDb, String table, int segment, int segments) {
        return dynamoDb
                .scanPaginator(scan -> scan.tableName(table).segment(segment).totalSegments(segments))
                .stream()
                .mapToLong(page -> page.items().size())
                .sum();
    }
}
