package lifeboat.catalog;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import lifeboat.catalog.Node.Field;
import lifeboat.catalog.Node.Mapping;
import lifeboat.catalog.Node.Scalar;
import lifeboat.catalog.Node.Sequence;

/// Reads the values of a map. What is absent or not of the wanted type is empty: whoever needs to know why asks
/// [ShapeCheck], which has reported it.
record Cursor(Mapping map) {
    Optional<Node> node(String key) {
        return Optional.ofNullable(map.fields().get(key)).map(Field::value);
    }

    boolean has(String key) {
        return map.fields().containsKey(key);
    }

    int line(String key) {
        return Optional.ofNullable(map.fields().get(key)).map(Field::line).orElse(map.line());
    }

    Optional<String> text(String key) {
        return node(key).flatMap(node -> node instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty());
    }

    /// The text of a key that the shape requires.
    String need(String key) {
        return text(key).orElseThrow(() -> new IllegalStateException("the shape lets \"" + key + "\" be absent"));
    }

    Optional<Duration> span(String key) {
        return text(key).flatMap(Durations::parse);
    }

    Duration needSpan(String key) {
        return span(key).orElseThrow(() -> new IllegalStateException("the shape lets \"" + key + "\" be absent"));
    }

    Optional<Long> whole(String key) {
        return text(key).map(Long::valueOf);
    }

    boolean flag(String key, boolean absent) {
        return text(key).map(Boolean::parseBoolean).orElse(absent);
    }

    Optional<Cursor> block(String key) {
        return node(key)
                .flatMap(node -> node instanceof Mapping inner ? Optional.of(new Cursor(inner)) : Optional.empty());
    }

    /// The entries of a map whose keys the author chose, in the order of the file.
    <T> List<T> named(String key, BiFunction<String, Cursor, T> read) {
        return block(key).stream()
                .flatMap(block -> block.map.fields().keySet().stream()
                        .flatMap(name -> block.block(name).map(inner -> read.apply(name, inner)).stream()))
                .toList();
    }

    List<String> texts(String key) {
        return items(key).stream()
                .flatMap(item -> item instanceof Scalar scalar ? Optional.of(scalar.text()).stream() : null)
                .toList();
    }

    /// The texts of a map whose keys the author chose.
    Map<String, String> textsByName(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        block(key)
                .ifPresent(block -> block.map
                        .fields()
                        .keySet()
                        .forEach(name -> block.text(name).ifPresent(text -> texts.put(name, text))));
        return texts;
    }

    List<Cursor> blocks(String key) {
        return items(key).stream()
                .flatMap(item -> item instanceof Mapping inner ? Optional.of(new Cursor(inner)).stream() : null)
                .toList();
    }

    private List<Node> items(String key) {
        return node(key)
                .map(node -> node instanceof Sequence list ? list.items() : List.<Node>of())
                .orElse(List.of());
    }
}
