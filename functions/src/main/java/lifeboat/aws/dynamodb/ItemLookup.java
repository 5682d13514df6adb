package lifeboat.aws.dynamodb;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The key of an item, the same however its numbers are written.
///
/// @param values by the names of the key attributes, the partition key first
record ItemLookup(Map<String, Object> values) {
    /// A key as something that can be looked up, whatever way its numbers are written.
    static ItemLookup of(Map<String, AttributeValue> item, Collection<String> keyAttributes) {
        var key = new LinkedHashMap<String, Object>();
        for (var name : keyAttributes) {
            var value = item.get(name);
            if (value == null) {
                throw new IllegalStateException("an item came without its key attribute \"%s\"".formatted(name));
            }
            key.put(name, value.n() == null ? value : number(value.n()));
        }
        return new ItemLookup(key);
    }

    /// For the person who looks into it: `id=p-0008617, line=3`.
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + text(value.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String text(Object value) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case AttributeValue text when text.s() != null -> text.s();
            case AttributeValue bytes
            when bytes.b() != null ->
                Base64.getEncoder().encodeToString(bytes.b().asByteArray());
            case Object other -> other.toString();
        };
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text).stripTrailingZeros();
    }
}
