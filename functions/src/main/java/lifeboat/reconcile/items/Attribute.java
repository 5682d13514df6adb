package lifeboat.reconcile.items;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The value of an item's attribute, in canonical form: two are equal exactly where DynamoDB holds them to be the same.
///
/// Numbers are compared as numbers (1.0 is 1), sets and maps without order, lists in order, binary byte by byte.
///
/// @see <a
/// href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">
///     Data types</a>
public sealed interface Attribute {
    /// A string, possibly empty.
    record Text(String value) implements Attribute {}

    /// A number of up to 38 digits.
    ///
    /// @param value in the one way that {@link #canonical} writes it
    record Numeric(String value) implements Attribute {
        public Numeric {
            value = canonical(value);
        }

        /// The number written in one way only: no trailing zeros after the point, no exponent where 40 digits do.
        public static String canonical(String text) {
            var number = new BigDecimal(text).stripTrailingZeros();
            return Math.abs(number.scale()) <= 40 && number.precision() <= 40
                    ? number.toPlainString()
                    : number.toString();
        }
    }

    /// Bytes.
    ///
    /// @param base64 RFC 4648 with padding, which writes the same bytes in one way only
    record Binary(String base64) implements Attribute {
        public static Binary of(byte[] bytes) {
            return new Binary(Base64.getEncoder().encodeToString(bytes));
        }

        public byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }
    }

    /// True or false.
    record Bool(boolean value) implements Attribute {}

    /// The null value, which is not the same as an absent attribute.
    record Null() implements Attribute {}

    /// A set of strings.
    record Texts(NavigableSet<String> values) implements Attribute {
        public static Texts of(Collection<String> values) {
            return new Texts(sorted(values, UnaryOperator.identity()));
        }
    }

    /// A set of numbers, each in canonical form.
    record Numbers(NavigableSet<String> values) implements Attribute {
        public static Numbers of(Collection<String> values) {
            return new Numbers(sorted(values, Numeric::canonical));
        }
    }

    /// A set of binaries, each as base64.
    record Binaries(NavigableSet<String> base64) implements Attribute {
        public static Binaries of(Collection<String> base64) {
            return new Binaries(sorted(base64, UnaryOperator.identity()));
        }
    }

    /// A list, in order.
    record Many(List<Attribute> values) implements Attribute {
        public Many {
            values = List.copyOf(values);
        }
    }

    /// A map by name.
    record Nested(NavigableMap<String, Attribute> values) implements Attribute {
        public static Nested of(Map<String, Attribute> values) {
            return new Nested(new TreeMap<>(values));
        }
    }

    private static NavigableSet<String> sorted(Collection<String> values, UnaryOperator<String> canonical) {
        return values.stream().map(canonical).collect(Collectors.toCollection(TreeSet::new));
    }
}
