package lifeboat.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import lifeboat.catalog.Shape.Block;

/// The JSON Schema of the environment file, for editors. It is made from the same description as the reader and says
/// all that a schema can say; rules between values are left to the reader.
///
/// @see <a href="https://json-schema.org/draft-07">JSON Schema draft 7, which editors understand best</a>
public final class EnvironmentSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern WHOLE_DAYS =
            new Pattern("[1-9][0-9]{0,8}[smhdwy]", Durations.FORM.allowed() + ", in whole days");

    private EnvironmentSchema() {}

    /// The schema as indented JSON.
    public static String json() {
        var schema = NODES.objectNode()
                .put("$schema", "http://json-schema.org/draft-07/schema#")
                .put("title", "Lifeboat environment file");
        schema.setAll(schema(EnvironmentKeys.FILE));
        return schema.toPrettyString() + "\n";
    }

    private static ObjectNode schema(Shape shape) {
        return switch (shape) {
            case Shape.Text(var form) -> text(form);
            case Shape.AnyScalar() -> type(List.of("string", "number", "boolean", "null"));
            case Shape.Day() -> text(new Pattern("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day, for example 2027-06-30"));
            case Shape.Span(boolean wholeDays) -> text(wholeDays ? WHOLE_DAYS : Durations.FORM);
            case Shape.Whole(long least) -> type("integer").put("minimum", least);
            case Shape.Flag() -> type("boolean");
            case Shape.OneWord(var words) -> oneWord(words);
            case Shape.ListOf(var item, int least) -> list(item, least);
            case Shape.Named named -> named(named);
            case Block block -> block(block);
            case Shape.Variants(var blocks) -> either("oneOf", blocks);
            case Shape.WordOr(var word, var own) -> either("oneOf", List.of(word, own));
        };
    }

    private static ObjectNode text(Pattern form) {
        return type("string").put("pattern", "^(?:" + form.regex() + ")$").put("description", form.allowed());
    }

    private static ObjectNode oneWord(List<String> words) {
        var schema = NODES.objectNode();
        words.forEach(schema.putArray("enum")::add);
        return schema;
    }

    private static ObjectNode list(Shape item, int least) {
        var schema = type("array").put("minItems", least);
        schema.set("items", schema(item));
        return schema;
    }

    private static ObjectNode named(Shape.Named named) {
        var schema = type("object").put("minProperties", named.least());
        if (named.most() != Integer.MAX_VALUE) {
            schema.put("maxProperties", named.most());
        }
        schema.set("propertyNames", text(named.name()));
        schema.set("additionalProperties", schema(named.value()));
        return schema;
    }

    private static ObjectNode block(Block block) {
        var schema = type("object").put("additionalProperties", false);
        var required = schema.putArray("required");
        var properties = schema.putObject("properties");
        for (var key : block.keys()) {
            properties.set(key.name(), schema(key.shape()).put("description", described(key)));
            if (key.required()) {
                required.add(key.name());
            }
        }
        return schema;
    }

    private static String described(Shape.Key key) {
        return key.described() + (key.required() ? "" : " Absent: " + key.absent() + ".") + " Example: "
                + key.example();
    }

    private static ObjectNode either(String keyword, List<? extends Shape> shapes) {
        var schema = NODES.objectNode();
        var alternatives = schema.putArray(keyword);
        shapes.forEach(shape -> alternatives.add(schema(shape)));
        return schema;
    }

    private static ObjectNode type(String name) {
        return NODES.objectNode().put("type", name);
    }

    private static ObjectNode type(List<String> names) {
        var schema = NODES.objectNode();
        names.forEach(schema.putArray("type")::add);
        return schema;
    }
}
