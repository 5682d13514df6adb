package lifeboat.local.bench;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lifeboat.reconcile.items.ScanSegment;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The bare thing: a parallel scan that takes the SDK's items and looks at nothing.
final class TypedScan {
    private TypedScan() {}

    /// How many items the table holds, by as many segments and threads as ours.
    static long count(DynamoDbClient dynamoDb, String table, long items) {
        var segments = ScanSegment.inProcess(items);
        var counts = new ArrayList<Future<Long>>();
        try (var threads = Executors.newFixedThreadPool(2 * Runtime.getRuntime().availableProcessors())) {
            for (var i = 0; i < segments; i++) {
                var segment = i;
                counts.add(threads.submit(() -> count(dynamoDb, table, segment, segments)));
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
