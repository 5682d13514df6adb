package lifeboat.aws.dynamodb;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.reconcile.items.ItemTimes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/// The newest write in a table, by the times that its items carry: a scan of its own.
final class NewestItem {
    private static final int SEGMENTS = 16;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final String attributes;

    /// @param attributes with the time of the last write, several with commas: the first that an item has
    NewestItem(DynamoDbClient dynamoDb, String table, String attributes) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.attributes = attributes;
    }

    /// The newest time; empty where no item carries one.
    Optional<Instant> writtenAt() {
        return IntStream.range(0, SEGMENTS)
                .parallel()
                .mapToObj(this::newest)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    private Optional<Instant> newest(int segment) {
        var times = new ItemTimes(Optional.of(attributes), Optional.empty(), Optional.empty());
        return dynamoDb.scanPaginator(request(segment)).items().stream()
                .flatMap(item -> times.writtenAt(Attributes.item(item)).stream())
                .max(Instant::compareTo);
    }

    private ScanRequest request(int segment) {
        Map<String, String> names = new LinkedHashMap<>();
        ItemTimes.names(Optional.of(attributes)).forEach(name -> names.put("#" + names.size(), name));
        return ScanRequest.builder()
                .tableName(table)
                .segment(segment)
                .totalSegments(SEGMENTS)
                .projectionExpression(String.join(",", names.keySet()))
                .expressionAttributeNames(names)
                .build();
    }
}
