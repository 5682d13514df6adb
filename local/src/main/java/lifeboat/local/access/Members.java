package lifeboat.local.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The members of a request, by the names that AWS gives them.
record Members(SdkRequest request) {
    Optional<String> text(String member) {
        return member(request, member).map(Object::toString);
    }

    List<String> texts(String member) {
        return member(request, member).stream()
                .flatMap(value -> value instanceof Collection<?> some ? some.stream() : Stream.of(value))
                .map(Object::toString)
                .toList();
    }

    String needed(String member) {
        return text(member)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s has no %s".formatted(request.getClass().getSimpleName(), member)));
    }

    /// The partition key of the one item, or of the one partition, that a request is about.
    Optional<String> leadingKey() {
        return Stream.of("Key", "Item")
                .flatMap(member -> member(request, member).stream())
                .filter(Map.class::isInstance)
                .flatMap(item -> Stream.ofNullable((AttributeValue) ((Map<?, ?>) item).get("pk")))
                .flatMap(value -> Stream.ofNullable(value.s()))
                .findFirst();
    }

    Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        member(request, "Tags").ifPresent(value -> {
            if (value instanceof Collection<?> list) {
                list.forEach(tag -> tags.put(
                        String.valueOf(member((SdkPojo) tag, "Key").orElse("")),
                        String.valueOf(member((SdkPojo) tag, "Value").orElse(""))));
            }
        });
        return tags;
    }

    private static Optional<Object> member(SdkPojo pojo, String name) {
        return pojo.sdkFields().stream()
                .filter(field -> field.memberName().equalsIgnoreCase(name))
                .findFirst()
                .flatMap((SdkField<?> field) -> Optional.ofNullable(field.getValueOrDefault(pojo)));
    }
}
