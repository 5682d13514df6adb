package lifeboat.aws.dynamodb;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items as plain Java values whose equality is DynamoDB's, by a path that shares nothing with the product.
final class Oracle {
    private Oracle() {}

    static Map<String, Object> normal(Map<String, AttributeValue> item) {
        var normal = new HashMap<String, Object>();
        item.forEach((name, value) -> normal.put(name, normal(value)));
        return normal;
    }

    static Object normal(AttributeValue value) {
        return switch (value.type()) {
            case S -> List.of("S", value.s());
            case N -> List.of("N", number(value.n()));
            case B -> List.of("B", value.b());
            case BOOL -> List.of("BOOL", value.bool());
            case NUL -> List.of("NULL");
            case SS -> List.of("SS", new HashSet<>(value.ss()));
            case NS ->
                List.of(
                        "NS",
                        new HashSet<>(value.ns().stream().map(Oracle::number).toList()));
            case BS -> List.of("BS", new HashSet<SdkBytes>(value.bs()));
            case L -> List.of("L", value.l().stream().map(Oracle::normal).toList());
            case M -> List.of("M", normal(value.m()));
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("unknown type of " + value);
        };
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text).stripTrailingZeros();
    }
}
