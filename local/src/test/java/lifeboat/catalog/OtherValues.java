package lifeboat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Values that a key may take beside the one it has; some of them break rules between keys.
final class OtherValues {
    private OtherValues() {}

    static Stream<JsonNode> of(Shape shape, JsonNode value) {
        return switch (shape) {
            case Shape.Flag() -> Stream.of(BooleanNode.valueOf(!value.booleanValue()));
            case Shape.OneWord(var words) -> texts(words.stream(), value);
            case Shape.Span _ -> texts(Stream.of("2m", "90m", "3h", "2d", "4d", "8d", "91d", "400d"), value);
            case Shape.Whole _ -> Stream.of(LongNode.valueOf(value.longValue() + 1));
            case Shape.Day() -> texts(Stream.of("2031-06-30"), value);
            case Shape.AnyScalar() -> Stream.of(TextNode.valueOf("another"));
            case Shape.Text(var form) -> texts(spellings(value.asText()).filter(form::fits), value);
            case Shape.ListOf(var item, var _)
            when value.get(0) instanceof TextNode first ->
                of(item, first)
                        .map(other -> ((ArrayNode) value.deepCopy()).removeAll().add(other));
            case Shape.Block _, Shape.Named _, Shape.ListOf _, Shape.Variants _, Shape.WordOr _ -> Stream.empty();
        };
    }

    private static Stream<JsonNode> texts(Stream<String> texts, JsonNode value) {
        return texts.filter(text -> !text.equals(value.asText())).map(TextNode::valueOf);
    }

    /// The text with one character changed, from its end.
    private static Stream<String> spellings(String text) {
        return IntStream.range(0, text.length())
                .map(at -> text.length() - 1 - at)
                .boxed()
                .flatMap(at -> Stream.of("b", "2", "Z", "5")
                        .map(other -> text.substring(0, at) + other + text.substring(at + 1)));
    }
}
