package lifeboat.aws.dynamodb;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/// The items of a table, read by their keys.
///
/// @param client of the table's region
/// @param table its name
/// @param key the names of its key attributes
record KeyedItems(DynamoDbClient client, String table, List<String> key) {
    /// The most that one request may ask for.
    ///
    /// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">the
    ///     request</a>
    private static final int BATCH = 100;

    static KeyedItems of(DynamoDbClient client, String table) {
        var schema = client.describeTable(request -> request.tableName(table))
                .table()
                .keySchema();
        return new KeyedItems(
                client,
                table,
                schema.stream().map(KeySchemaElement::attributeName).toList());
    }

    /// Reads, strongly consistent, what the table holds under the keys of some items.
    ///
    /// @param attributes which attributes; empty: all
    /// @return by [ItemLookup]; what the table does not hold is absent
    Map<Object, Map<String, AttributeValue>> under(
            Collection<Map<String, AttributeValue>> items, Set<String> attributes) {
        var keys = items.stream().map(this::keyOf).toList();
        var found = new HashMap<Object, Map<String, AttributeValue>>();
        for (var from = 0; from < keys.size(); from += BATCH) {
            read(keys.subList(from, Math.min(from + BATCH, keys.size())), attributes, found);
        }
        return found;
    }

    /// What an item is found under.
    Object lookup(Map<String, AttributeValue> item) {
        return ItemLookup.of(item, key);
    }

    /// A request brings back at least one item, or fails and is retried by the SDK: the loop ends.
    private void read(
            List<Map<String, AttributeValue>> keys,
            Set<String> attributes,
            Map<Object, Map<String, AttributeValue>> found) {
        var wanted = Map.of(table, request(keys, attributes));
        while (!wanted.isEmpty()) {
            var next = wanted;
            var response = client.batchGetItem(request -> request.requestItems(next));
            response.responses().getOrDefault(table, List.of()).forEach(item -> found.put(lookup(item), item));
            wanted = response.unprocessedKeys();
        }
    }

    private static KeysAndAttributes request(List<Map<String, AttributeValue>> keys, Set<String> attributes) {
        var request = KeysAndAttributes.builder().keys(keys).consistentRead(true);
        if (!attributes.isEmpty()) {
            var projection = Projected.of(attributes);
            request.projectionExpression(projection.expression()).expressionAttributeNames(projection.names());
        }
        return request.build();
    }

    private Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        var values = new HashMap<String, AttributeValue>();
        key.forEach(name -> values.put(name, item.get(name)));
        return values;
    }
}
