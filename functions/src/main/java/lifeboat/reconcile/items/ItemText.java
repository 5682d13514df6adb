package lifeboat.reconcile.items;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import lifeboat.failure.Failure;

/// Items as text: DynamoDB's JSON with every name, set and number in the one canonical order and form, so that equal
/// items are equal texts, and nothing is lost.
///
/// @see <a
/// href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>
public final class ItemText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNameLength(1 << 20)
                        .maxStringLength(1 << 24)
                        .build());
    }

    private ItemText() {}

    /// The item on one line.
    public static String of(Item item) {
        return map(item.attributes()).toString();
    }

    /// The attribute as a person reads it and as DynamoDB's JSON has it.
    public static String of(Attribute attribute) {
        return node(attribute).toString();
    }

    /// SHA-256 of the text, hexadecimal: two items have the same exactly where they are equal.
    public static String digest(Item item) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(of(item).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java platform without SHA-256", e);
        }
    }

    /// Reads what {@link #of(Item)} wrote.
    ///
    /// @throws IllegalArgumentException where the text is no item
    public static Item parse(String text) {
        try {
            return new Item(attributes(JSON.readTree(text)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the text is no item: " + Failure.text(e), e);
        }
    }

    private static ObjectNode map(Map<String, Attribute> attributes) {
        var map = NODES.objectNode();
        attributes.forEach((name, value) -> map.set(name, node(value)));
        return map;
    }

    private static ObjectNode node(Attribute attribute) {
        var node = NODES.objectNode();
        return switch (attribute) {
            case Attribute.Text(var value) -> node.put("S", value);
            case Attribute.Numeric(var value) -> node.put("N", value);
            case Attribute.Binary(var base64) -> node.put("B", base64);
            case Attribute.Bool(var value) -> node.put("BOOL", value);
            case Attribute.Null() -> node.put("NULL", true);
            case Attribute.Texts(var values) -> node.set("SS", texts(values));
            case Attribute.Numbers(var values) -> node.set("NS", texts(values));
            case Attribute.Binaries(var values) -> node.set("BS", texts(values));
            case Attribute.Many(var values) -> node.set("L", list(values));
            case Attribute.Nested(var values) -> node.set("M", map(values));
        };
    }

    private static ArrayNode texts(Collection<String> values) {
        var array = NODES.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static ArrayNode list(List<Attribute> values) {
        var array = NODES.arrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    private static NavigableMap<String, Attribute> attributes(JsonNode map) {
        if (!map.isObject()) {
            throw new IllegalArgumentException("the text is no item: there is no map of attributes");
        }
        var attributes = new TreeMap<String, Attribute>();
        map.properties().forEach(entry -> attributes.put(entry.getKey(), attribute(entry.getValue())));
        return attributes;
    }

    private static Attribute attribute(JsonNode node) {
        if (node.size() != 1) {
            throw new IllegalArgumentException("the text is no item: a value is no attribute");
        }
        var entry = node.properties().iterator().next();
        var value = entry.getValue();
        return switch (entry.getKey()) {
            case "S" -> new Attribute.Text(value.textValue());
            case "N" -> new Attribute.Numeric(value.textValue());
            case "B" -> new Attribute.Binary(value.textValue());
            case "BOOL" -> new Attribute.Bool(value.booleanValue());
            case "NULL" -> new Attribute.Null();
            case "SS" -> Attribute.Texts.of(strings(value));
            case "NS" -> Attribute.Numbers.of(strings(value));
            case "BS" -> Attribute.Binaries.of(strings(value));
            case "L" -> many(value);
            case "M" -> new Attribute.Nested(attributes(value));
            default -> throw new IllegalArgumentException("the text is no item: a value is of no type of DynamoDB");
        };
    }

    private static List<String> strings(JsonNode array) {
        var strings = new ArrayList<String>();
        array.forEach(value -> strings.add(value.textValue()));
        return strings;
    }

    private static Attribute many(JsonNode array) {
        var values = new ArrayList<Attribute>();
        array.forEach(value -> values.add(attribute(value)));
        return new Attribute.Many(values);
    }
}
