package lifeboat.aws.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One item of the ledger while it is written or read.
final class Items {
    private final Map<String, AttributeValue> attributes = new HashMap<>();

    static Items key(String pk, String sk) {
        return new Items().text("pk", pk).text("sk", sk);
    }

    static Items of(Map<String, AttributeValue> attributes) {
        Items items = new Items();
        items.attributes.putAll(attributes);
        return items;
    }

    Items text(String name, String value) {
        attributes.put(name, AttributeValue.fromS(value));
        return this;
    }

    Items number(String name, long value) {
        attributes.put(name, AttributeValue.fromN(Long.toString(value)));
        return this;
    }

    Items texts(String name, List<String> values) {
        attributes.put(
                name,
                AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList()));
        return this;
    }

    Items map(String name, Map<String, String> values) {
        Map<String, AttributeValue> map = new HashMap<>();
        values.forEach((key, value) -> map.put(key, AttributeValue.fromS(value)));
        attributes.put(name, AttributeValue.fromM(map));
        return this;
    }

    /// Its key, for people.
    String name() {
        return find("pk").orElse("?") + "/" + find("sk").orElse("?");
    }

    Map<String, AttributeValue> attributes() {
        return Map.copyOf(attributes);
    }

    String text(String name) {
        return find(name)
                .orElseThrow(() ->
                        new IllegalStateException("ledger item %s has no attribute \"%s\"".formatted(name(), name)));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    Optional<Instant> instant(String name) {
        return find(name).map(Instant::parse);
    }

    Optional<Long> number(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::n).map(Long::valueOf);
    }

    List<String> texts(String name) {
        return Optional.ofNullable(attributes.get(name)).stream()
                .flatMap(value -> value.l().stream())
                .map(AttributeValue::s)
                .toList();
    }

    Map<String, String> map(String name) {
        Map<String, String> map = new HashMap<>();
        Optional.ofNullable(attributes.get(name))
                .ifPresent(value -> value.m().forEach((key, entry) -> map.put(key, entry.s())));
        return map;
    }
}
