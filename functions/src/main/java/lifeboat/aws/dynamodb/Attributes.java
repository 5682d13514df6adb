package lifeboat.aws.dynamodb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lifeboat.reconcile.items.Attribute;
import lifeboat.reconcile.items.Item;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Attributes as the SDK has them, from and to ours.
final class Attributes {
    private Attributes() {}

    static Item item(Map<String, AttributeValue> attributes) {
        return Item.of(ours(attributes));
    }

    static Map<String, Attribute> ours(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ours(entry.getValue())));
    }

    private static Attribute ours(AttributeValue value) {
        return switch (value.type()) {
            case S -> new Attribute.Text(value.s());
            case N -> new Attribute.Numeric(value.n());
            case B -> Attribute.Binary.of(value.b().asByteArrayUnsafe());
            case SS -> Attribute.Texts.of(value.ss());
            case NS -> Attribute.Numbers.of(value.ns());
            case BS ->
                Attribute.Binaries.of(value.bs().stream()
                        .map(bytes ->
                                Attribute.Binary.of(bytes.asByteArrayUnsafe()).base64())
                        .toList());
            case BOOL -> new Attribute.Bool(value.bool());
            case NUL -> new Attribute.Null();
            case L ->
                new Attribute.Many(value.l().stream().map(Attributes::ours).toList());
            case M -> Attribute.Nested.of(ours(value.m()));
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("an attribute is of a type that this SDK does not know");
        };
    }

    static Map<String, AttributeValue> sdk(Map<String, Attribute> attributes) {
        var values = new LinkedHashMap<String, AttributeValue>();
        attributes.forEach((name, attribute) -> values.put(name, sdk(attribute)));
        return values;
    }

    static AttributeValue sdk(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Text(var value) -> AttributeValue.fromS(value);
            case Attribute.Numeric(var value) -> AttributeValue.fromN(value);
            case Attribute.Binary binary -> AttributeValue.fromB(SdkBytes.fromByteArray(binary.bytes()));
            case Attribute.Bool(var value) -> AttributeValue.fromBool(value);
            case Attribute.Null() -> AttributeValue.fromNul(true);
            case Attribute.Texts(var values) -> AttributeValue.fromSs(List.copyOf(values));
            case Attribute.Numbers(var values) -> AttributeValue.fromNs(List.copyOf(values));
            case Attribute.Binaries(var values) ->
                AttributeValue.fromBs(values.stream()
                        .map(base64 -> SdkBytes.fromByteArray(new Attribute.Binary(base64).bytes()))
                        .toList());
            case Attribute.Many(var values) ->
                AttributeValue.fromL(values.stream().map(Attributes::sdk).toList());
            case Attribute.Nested(var values) -> AttributeValue.fromM(sdk(values));
        };
    }
}
