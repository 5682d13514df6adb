package lifeboat.aws.ledger;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.TableContent;
import lifeboat.recording.Readings;
import lifeboat.recording.RecordingId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Pieces of recordings under way, in the ledger's table.
public final class DynamoDbReadings implements Readings {
    /// Long enough for a recording that broke to be taken up again.
    private static final Duration KEPT = Duration.ofDays(14);

    private final DynamoDbClient dynamoDb;
    private final String table;

    /// Keeps them in the ledger's table.
    public DynamoDbReadings(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public void keep(RecordingId recording, ContentPiece piece, TableContent content) {
        var item = ContentItems.write(
                Items.key(Keys.reading(recording), piece.toString()),
                content,
                content.until().plus(KEPT));
        try {
            dynamoDb.putItem(request ->
                    request.tableName(table).item(item.attributes()).conditionExpression("attribute_not_exists(pk)"));
        } catch (ConditionalCheckFailedException read) {
            return; // the step was carried out before, and its answer was lost: what was read first counts
        }
    }

    @Override
    public Map<ContentPiece, TableContent> of(RecordingId recording) {
        Map<ContentPiece, TableContent> pieces = new HashMap<>();
        dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :reading")
                        .expressionAttributeValues(Map.of(":reading", AttributeValue.fromS(Keys.reading(recording)))))
                .items()
                .stream()
                .map(Items::of)
                .forEach(item -> pieces.put(ContentPiece.parse(item.text("sk")), ContentItems.read(item)));
        return Map.copyOf(pieces);
    }
}
