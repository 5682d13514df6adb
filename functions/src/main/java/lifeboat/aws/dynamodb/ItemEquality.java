package lifeboat.aws.dynamodb;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// When two items hold the same: numbers as numbers (1.0 is 1), sets and maps without order, lists in order, binary
/// byte by byte; an attribute that is absent is not one that is null.
///
/// @see <a
/// href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">
///     Data types</a>
final class ItemEquality {
    private ItemEquality() {}

    static boolean same(Map<String, AttributeValue> a, Map<String, AttributeValue> b) {
        return a.size() == b.size()
                && a.entrySet().stream().allMatch(entry -> same(entry.getValue(), b.get(entry.getKey())));
    }

    /// A key as something that can be looked up, whatever way its numbers are written.
    static Lookup lookup(Map<String, AttributeValue> item, Collection<String> keyAttributes) {
        var key = new LinkedHashMap<String, Object>();
        for (var name : keyAttributes) {
            var value = item.get(name);
            if (value == null) {
                throw new IllegalStateException("an item came without its key attribute \"%s\"".formatted(name));
            }
            key.put(name, value.n() == null ? value : number(value.n()));
        }
        return new Lookup(key);
    }

    /// The key of an item, the same however its numbers are written.
    ///
    /// @param values by the names of the key attributes, the partition key first
    record Lookup(Map<String, Object> values) {
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
    }

    private static boolean same(AttributeValue a, @Nullable AttributeValue b) {
        return b != null
                && a.type() == b.type()
                && switch (a.type()) {
                    case N -> number(a.n()).compareTo(number(b.n())) == 0;
                    case NS -> numbers(a.ns()).equals(numbers(b.ns()));
                    case SS -> new HashSet<>(a.ss()).equals(new HashSet<>(b.ss()));
                    case BS -> new HashSet<>(a.bs()).equals(new HashSet<>(b.bs()));
                    case M -> same(a.m(), b.m());
                    case L -> sameList(a.l(), b.l());
                    case S, B, BOOL, NUL -> a.equals(b);
                    case UNKNOWN_TO_SDK_VERSION ->
                        throw new IllegalStateException("an attribute of a type unknown to this version: " + a);
                };
    }

    private static boolean sameList(List<AttributeValue> a, List<AttributeValue> b) {
        return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> same(a.get(i), b.get(i)));
    }

    private static Set<BigDecimal> numbers(List<String> texts) {
        var numbers = new HashSet<BigDecimal>();
        texts.forEach(text -> numbers.add(number(text)));
        return numbers;
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text).stripTrailingZeros();
    }
}
