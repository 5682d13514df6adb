package lifeboat.aws.dynamodb;

import java.util.Optional;
import lifeboat.reconcile.StoreIdentity;
import lifeboat.reconcile.items.KeySchema;
import lifeboat.reconcile.items.TableShape;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/// Reads what a table looks like.
final class TableShapes {
    private TableShapes() {}

    static TableShape read(DynamoDbClient dynamoDb, String table) {
        var description =
                dynamoDb.describeTable(request -> request.tableName(table)).table();
        var key = new KeySchema(part(description, KeyType.HASH).orElseThrow(), part(description, KeyType.RANGE));
        return new TableShape(
                identity(description),
                description.tableName(),
                key,
                timeToLive(dynamoDb, table),
                description.itemCount(),
                description.tableSizeBytes());
    }

    /// The time of creation tells a table from another that was created later under the same name.
    private static StoreIdentity identity(TableDescription table) {
        return new StoreIdentity("dynamodb:" + table.tableArn() + " of " + table.creationDateTime());
    }

    private static Optional<String> timeToLive(DynamoDbClient dynamoDb, String table) {
        var description =
                dynamoDb.describeTimeToLive(request -> request.tableName(table)).timeToLiveDescription();
        return description.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                ? Optional.of(description.attributeName())
                : Optional.empty();
    }

    private static Optional<KeySchema.Part> part(TableDescription table, KeyType type) {
        return table.keySchema().stream()
                .filter(element -> element.keyType() == type)
                .findFirst()
                .map(element -> new KeySchema.Part(element.attributeName(), type(table, element.attributeName())));
    }

    private static KeySchema.Type type(TableDescription table, String attribute) {
        return table.attributeDefinitions().stream()
                .filter(definition -> definition.attributeName().equals(attribute))
                .map(definition -> KeySchema.Type.valueOf(definition.attributeTypeAsString()))
                .findFirst()
                .orElseThrow();
    }
}
