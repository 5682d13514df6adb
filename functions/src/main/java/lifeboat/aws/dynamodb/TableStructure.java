package lifeboat.aws.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// The shape of a table: its key and its secondary indexes, each as one line of text that can be compared and read.
///
/// @param key the partition and sort key with their types
/// @param indexes by name: keys, types and projection, and the state of a global index that is not active
record TableStructure(String key, SortedMap<String, String> indexes) {
    static TableStructure of(TableDescription table) {
        var types = table.attributeDefinitions().stream()
                .collect(Collectors.toMap(
                        AttributeDefinition::attributeName, AttributeDefinition::attributeTypeAsString));
        var indexes = new TreeMap<String, String>();
        table.localSecondaryIndexes()
                .forEach(index ->
                        indexes.put(index.indexName(), "local " + shape(index.keySchema(), index.projection(), types)));
        table.globalSecondaryIndexes()
                .forEach(index -> indexes.put(
                        index.indexName(),
                        "global " + shape(index.keySchema(), index.projection(), types) + state(index)));
        return new TableStructure(key(table.keySchema(), types), indexes);
    }

    /// How a copy differs from live, one difference a line.
    List<String> differencesTo(TableStructure live) {
        var differences = new ArrayList<String>();
        if (!key.equals(live.key)) {
            differences.add("key is %s, in live %s".formatted(key, live.key));
        }
        live.indexes.forEach((name, shape) -> {
            var here = indexes.get(name);
            if (here == null) {
                differences.add("index %s is missing".formatted(name));
            } else if (!here.equals(shape)) {
                differences.add("index %s is %s, in live %s".formatted(name, here, shape));
            }
        });
        indexes.keySet().stream()
                .filter(name -> !live.indexes.containsKey(name))
                .forEach(name -> differences.add("index %s is not in live".formatted(name)));
        return differences;
    }

    @Override
    public String toString() {
        return "key %s, %d indexes".formatted(key, indexes.size());
    }

    private static String shape(List<KeySchemaElement> keys, Projection projection, Map<String, String> types) {
        var included = projection.nonKeyAttributes().stream().sorted().collect(Collectors.joining(", "));
        return key(keys, types) + " " + projection.projectionTypeAsString()
                + (included.isEmpty() ? "" : " " + included);
    }

    private static String state(GlobalSecondaryIndexDescription index) {
        return index.indexStatus() == IndexStatus.ACTIVE ? "" : " " + index.indexStatusAsString();
    }

    private static String key(List<KeySchemaElement> keys, Map<String, String> types) {
        return keys.stream()
                .map(key -> "%s %s %s"
                        .formatted(key.keyTypeAsString(), key.attributeName(), types.get(key.attributeName())))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
