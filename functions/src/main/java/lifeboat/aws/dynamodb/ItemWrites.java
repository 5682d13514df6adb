package lifeboat.aws.dynamodb;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.RowCount;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.WriteTime;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// Counts the items of a copy, and finds its newest write and the writes that it lacks: a page of live, then the same
/// keys in the copy. Only keys and times are read, one page of each is in memory. Nothing is compared but times.
public final class ItemWrites {
    private final DynamoDbClient live;
    private final DynamoDbClient copy;

    /// @param live client of the region of the live table
    /// @param copy client of the region of the copy
    public ItemWrites(DynamoDbClient live, DynamoDbClient copy) {
        this.live = live;
        this.copy = copy;
    }

    List<Segment> plan(Subject subject) {
        var asked = Asked.about(subject);
        if (!asked.scan()) {
            return List.of();
        }
        var restored = table(copy, subject.copy().value());
        var original = asked.readsLive(subject) ? table(live, subject.live().physicalName()) : restored;
        return ScanPlan.pieces(
                Math.max(restored.itemCount(), original.itemCount()),
                Math.max(restored.tableSizeBytes(), original.tableSizeBytes()));
    }

    Evidence read(Subject subject, Segment segment) {
        var asked = Asked.about(subject);
        var piece = ScanPlan.of(segment);
        var count = new RowCount(subject);
        var restored = KeyedItems.of(copy, subject.copy().value());
        readCopy(asked, piece, restored, count);
        if (asked.readsLive(subject)) {
            var original = new KeyedItems(live, subject.live().physicalName(), restored.key());
            asked.freshness().ifPresent(attribute -> readLive(asked, piece, restored, original, attribute, count));
        }
        return count.evidence();
    }

    private static void readCopy(Asked asked, ScanPlan piece, KeyedItems restored, RowCount count) {
        var request = scan(restored, piece, asked.times()).build();
        for (var page : restored.client().scanPaginator(request)) {
            count.copyRows(asked.items() ? page.count() : 0);
            asked.freshness()
                    .ifPresent(attribute -> page.items().forEach(item -> count.writtenInCopy(time(item, attribute))));
        }
    }

    private static void readLive(
            Asked asked, ScanPlan piece, KeyedItems restored, KeyedItems original, String attribute, RowCount count) {
        var attributes = new TreeSet<>(asked.times());
        attributes.addAll(restored.key());
        var request = scan(original, piece, attributes).consistentRead(true).build();
        for (var page : original.client().scanPaginator(request)) {
            count.liveRows(asked.items() ? page.count() : 0);
            var same = restored.under(page.items(), attributes);
            for (var item : page.items()) {
                var written = time(item, attribute);
                var held = Optional.ofNullable(same.get(original.lookup(item)));
                var inCopy = held.flatMap(copied -> time(copied, attribute));
                count.writtenInLive(written, held.isPresent() && !isLater(written, inCopy), inCopy);
            }
        }
    }

    private static boolean isLater(Optional<Instant> written, Optional<Instant> inCopy) {
        return written.isPresent() && inCopy.filter(written.get()::isAfter).isPresent();
    }

    private static Optional<Instant> time(Map<String, AttributeValue> item, String attribute) {
        var value = item.get(attribute);
        if (value == null) {
            return Optional.empty();
        }
        return value.n() != null
                ? WriteTime.ofNumber(new BigDecimal(value.n()))
                : Optional.ofNullable(value.s()).flatMap(WriteTime::ofText);
    }

    /// A scan for some attributes only, or for the number of items alone.
    private static ScanRequest.Builder scan(KeyedItems table, ScanPlan piece, Set<String> attributes) {
        var projection = Projected.of(attributes);
        var request = ScanRequest.builder()
                .tableName(table.table())
                .segment(piece.segment())
                .totalSegments(piece.total());
        return attributes.isEmpty()
                ? request.select(Select.COUNT)
                : request.projectionExpression(projection.expression()).expressionAttributeNames(projection.names());
    }

    private static TableDescription table(DynamoDbClient client, String table) {
        return client.describeTable(request -> request.tableName(table)).table();
    }
}
