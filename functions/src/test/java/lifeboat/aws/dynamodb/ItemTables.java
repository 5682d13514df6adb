package lifeboat.aws.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.reconcile.items.KeySchema;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Tables of items in the DynamoDB Local of all tests, each test with its own.
final class ItemTables {
    private static final AtomicInteger TABLES = new AtomicInteger();

    private ItemTables() {}

    static DynamoDbClient client() {
        return builder().build();
    }

    static DynamoDbClientBuilder builder() {
        return configured(ItemClients.builder());
    }

    static DynamoDbClient plainClient() {
        return LocalDynamoDb.client();
    }

    private static DynamoDbClientBuilder configured(DynamoDbClientBuilder builder) {
        return builder.endpointOverride(LocalDynamoDb.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    /// A new table; its name says what it is for.
    static String table(DynamoDbClient client, String purpose, KeySchema key) {
        return table(client, key, "items-" + purpose + "-" + TABLES.incrementAndGet());
    }

    /// A new table of a name that no other has.
    static String table(DynamoDbClient client, KeySchema key, String name) {
        client.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(key.parts().stream()
                        .map(part -> AttributeDefinition.builder()
                                .attributeName(part.name())
                                .attributeType(part.type().name())
                                .build())
                        .toList())
                .keySchema(key.parts().stream()
                        .map(part -> KeySchemaElement.builder()
                                .attributeName(part.name())
                                .keyType(part.equals(key.partition()) ? KeyType.HASH : KeyType.RANGE)
                                .build())
                        .toList()));
        return name;
    }

    static void put(DynamoDbClient client, String table, List<Map<String, AttributeValue>> items) {
        for (var from = 0; from < items.size(); from += 25) {
            var writes = items.subList(from, Math.min(from + 25, items.size())).stream()
                    .map(item -> WriteRequest.builder()
                            .putRequest(PutRequest.builder().item(item).build())
                            .build())
                    .toList();
            client.batchWriteItem(batch -> batch.requestItems(Map.of(table, writes)));
        }
    }

    static KeySchema key(String partition, KeySchema.Type type) {
        return new KeySchema(new KeySchema.Part(partition, type), Optional.empty());
    }

    static KeySchema key(String partition, KeySchema.Type type, String sort, KeySchema.Type sortType) {
        return new KeySchema(new KeySchema.Part(partition, type), Optional.of(new KeySchema.Part(sort, sortType)));
    }
}
