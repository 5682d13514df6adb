package lifeboat.aws.dynamodb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import lifeboat.reconcile.items.KeySchema;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items with every type of attribute, awkward names and values, from a seed.
final class RandomItems {
    private static final List<String> AWKWARD = List.of(
            "",
            " ",
            "\"quoted\"",
            "it's",
            "line\nbreak",
            "tab\t",
            "\u0000nul",
            "back\\slash",
            "😀 emoji 👩‍👩‍👧",
            "é",
            "e\u0301",
            "#name",
            ":value",
            "a.b[0]",
            "{\"S\":\"x\"}",
            "null",
            "true",
            "1.0",
            "中文",
            "\ud83d\udea2");
    private final RandomGenerator random;

    RandomItems(RandomGenerator random) {
        this.random = random;
    }

    Map<String, AttributeValue> item(KeySchema key, int id) {
        var item = new LinkedHashMap<String, AttributeValue>();
        var attributes = random.nextInt(8);
        for (var i = 0; i < attributes; i++) {
            item.put(name(), value(3));
        }
        item.put("updatedAt", AttributeValue.fromN("" + (1_700_000_000L + random.nextInt(1000))));
        key.parts().forEach(part -> item.put(part.name(), keyValue(part, id)));
        return item;
    }

    private AttributeValue keyValue(KeySchema.Part part, int id) {
        return switch (part.type()) {
            case S -> AttributeValue.fromS("k" + id + AWKWARD.get(id % AWKWARD.size()));
            case N ->
                AttributeValue.fromN(new BigDecimal(id).movePointLeft(id % 5).toPlainString());
            case B -> AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) id, (byte) (id >> 8), -1, 0}));
        };
    }

    String name() {
        var awkward = AWKWARD.get(random.nextInt(AWKWARD.size()));
        return "a" + random.nextInt(6) + awkward;
    }

    AttributeValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> AttributeValue.fromS(text());
            case 1 -> AttributeValue.fromN(number());
            case 2 -> AttributeValue.fromB(bytes());
            case 3 -> AttributeValue.fromBool(random.nextBoolean());
            case 4 -> AttributeValue.fromNul(true);
            case 5 -> AttributeValue.fromSs(set(this::text));
            case 6 -> AttributeValue.fromNs(set(() -> "" + random.nextInt(1000)));
            case 7 -> AttributeValue.fromBs(set(() -> SdkBytes.fromUtf8String(text())));
            case 8 ->
                AttributeValue.fromL(IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> value(depth - 1))
                        .toList());
            default -> nested(depth);
        };
    }

    private AttributeValue nested(int depth) {
        var map = new TreeMap<String, AttributeValue>();
        IntStream.range(0, random.nextInt(4)).forEach(i -> map.put(name(), value(depth - 1)));
        return AttributeValue.fromM(map);
    }

    private String text() {
        return AWKWARD.get(random.nextInt(AWKWARD.size())) + (random.nextInt(3) == 0 ? random.nextInt(100) : "");
    }

    private SdkBytes bytes() {
        var bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return SdkBytes.fromByteArray(bytes);
    }

    /// Up to 38 digits, any sign, exponents as far as DynamoDB goes.
    String number() {
        var digits = new BigInteger(random.nextInt(126), new java.util.Random(random.nextLong()));
        var exponent = random.nextInt(4) == 0 ? random.nextInt(200) - 120 : -random.nextInt(8);
        var number = new BigDecimal(digits).round(new java.math.MathContext(38)).movePointRight(exponent);
        var text = random.nextBoolean() ? number.toPlainString() : number.toString();
        return random.nextBoolean() ? text : "-" + text;
    }

    private <T> List<T> set(Supplier<T> element) {
        var set = new ArrayList<T>();
        IntStream.range(0, 1 + random.nextInt(4)).forEach(i -> {
            var next = element.get();
            if (!set.contains(next)) {
                set.add(next);
            }
        });
        return set;
    }
}
