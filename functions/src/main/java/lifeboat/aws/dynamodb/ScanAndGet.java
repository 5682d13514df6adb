package lifeboat.aws.dynamodb;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lifeboat.integrity.ContentComparison;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.RowCount;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/// Compares two tables exactly and simply: a page of the copy, then the same keys in live; a page of live, then the
/// same keys in the copy. One page of each is in memory.
///
/// Live may be written meanwhile: each item is compared as it was at one moment, which need not be the same for all.
public final class ScanAndGet implements ContentComparison {
    private final DynamoDbClient live;
    private final DynamoDbClient copy;
    private final InstantSource clock;

    /// @param live client of the region of the live table
    /// @param copy client of the region of the copy
    /// @param clock says which items have expired
    public ScanAndGet(DynamoDbClient live, DynamoDbClient copy, InstantSource clock) {
        this.live = live;
        this.copy = copy;
        this.clock = clock;
    }

    @Override
    public List<Segment> plan(Subject subject) {
        var asked = Asked.about(subject);
        if (!asked.count()) {
            return List.of();
        }
        var restored = table(copy, subject.copy().value());
        var original = asked.readsLive(subject) ? table(live, subject.live().physicalName()) : restored;
        return ScanPlan.pieces(
                Math.max(restored.itemCount(), original.itemCount()),
                Math.max(restored.tableSizeBytes(), original.tableSizeBytes()));
    }

    @Override
    public Evidence compare(Subject subject, Segment segment) {
        var asked = Asked.about(subject);
        var piece = ScanPlan.of(segment);
        var count = new RowCount(subject);
        var restored = KeyedItems.of(copy, subject.copy().value());
        if (!asked.readsLive(subject)) {
            readCopy(asked, piece, restored, count);
            return count.evidence();
        }
        var original = new KeyedItems(live, subject.live().physicalName(), restored.key());
        var items = new ItemTally(asked, expiry(asked, original), clock.instant(), count);
        copyBesideLive(piece, restored, original, items);
        liveBesideCopy(piece, restored, original, items);
        return count.evidence();
    }

    /// Without live there is only to count, and to find the newest write.
    private void readCopy(Asked asked, ScanPlan piece, KeyedItems restored, RowCount count) {
        var items = new ItemTally(asked, Optional.empty(), clock.instant(), count);
        for (var page : restored.client()
                .scanPaginator(scan(restored, piece, asked.times()).build())) {
            count.copyRows(page.count());
            page.items().forEach(items::copyItem);
        }
    }

    private static void copyBesideLive(ScanPlan piece, KeyedItems restored, KeyedItems original, ItemTally items) {
        var content = items.asked().content();
        var request = content
                ? scan(restored, piece)
                : scan(restored, piece, items.asked().times());
        for (var page : restored.client().scanPaginator(request.build())) {
            items.count().copyRows(page.count());
            page.items().forEach(items::copyItem);
            if (content) {
                compare(page.items(), original, items);
            }
        }
    }

    private static void compare(List<Map<String, AttributeValue>> page, KeyedItems original, ItemTally items) {
        var same = original.under(page, Set.of());
        page.forEach(item -> items.compare(original.lookup(item), item, same.get(original.lookup(item))));
    }

    private static void liveBesideCopy(ScanPlan piece, KeyedItems restored, KeyedItems original, ItemTally items) {
        var attributes = new TreeSet<>(items.asked().times());
        attributes.addAll(restored.key());
        var request = scan(original, piece, attributes).consistentRead(true).build();
        for (var page : original.client().scanPaginator(request)) {
            var same = restored.under(page.items(), attributes);
            page.items().forEach(item -> items.liveItem(original.lookup(item), item, same.get(original.lookup(item))));
        }
    }

    private static ScanRequest.Builder scan(KeyedItems table, ScanPlan piece) {
        return ScanRequest.builder()
                .tableName(table.table())
                .segment(piece.segment())
                .totalSegments(piece.total());
    }

    /// A scan for some attributes only, or for the number of items alone.
    private static ScanRequest.Builder scan(KeyedItems table, ScanPlan piece, Set<String> attributes) {
        var projection = Projected.of(attributes);
        return attributes.isEmpty()
                ? scan(table, piece).select(Select.COUNT)
                : scan(table, piece)
                        .projectionExpression(projection.expression())
                        .expressionAttributeNames(projection.names());
    }

    private static Optional<String> expiry(Asked asked, KeyedItems original) {
        if (!asked.content()) {
            return Optional.empty();
        }
        var expiry = original.client()
                .describeTimeToLive(request -> request.tableName(original.table()))
                .timeToLiveDescription();
        return expiry.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                ? Optional.of(expiry.attributeName())
                : Optional.empty();
    }

    private static TableDescription table(DynamoDbClient client, String table) {
        return client.describeTable(request -> request.tableName(table)).table();
    }
}
