package lifeboat.reconcile.items;

/// Writes a decimal number, given as text in any notation, as sign, exponent and significant digits: exactly, and in
/// one way only.
///
/// DynamoDB keeps 38 digits and magnitudes from 1E-130 to 9.99E+125, so that neither a double nor a long would do.
///
/// @see <a
/// href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">
///     Number</a>
final class Decimal {
    private Decimal() {}

    /// Appends the number's canonical bytes.
    ///
    /// @throws NumberFormatException where the text is no decimal number
    static void put(CanonicalBytes into, char[] text, int offset, int length) {
        var end = offset + length;
        var negative = length > 0 && text[offset] == '-';
        var at = negative || (length > 0 && text[offset] == '+') ? offset + 1 : offset;
        var mantissaEnd = indexOfExponent(text, at, end);
        var exponent = mantissaEnd == end ? 0 : exponent(text, mantissaEnd + 1, end);
        into.put(negative ? '-' : '+');
        var start = into.size();
        into.putLong(0);
        digits(into, start, text, at, mantissaEnd, exponent);
    }

    private static int indexOfExponent(char[] text, int from, int end) {
        for (var i = from; i < end; i++) {
            if (text[i] == 'e' || text[i] == 'E') {
                return i;
            }
        }
        return end;
    }

    private static int exponent(char[] text, int from, int end) {
        return Integer.parseInt(new String(text, from, end - from));
    }

    private static void digits(CanonicalBytes into, int start, char[] text, int from, int end, int exponent) {
        var first = into.size();
        var significant = first;
        var point = end;
        for (var i = from; i < end; i++) {
            var c = text[i];
            if (c == '.' && point == end) {
                point = i;
            } else if (c < '0' || c > '9') {
                throw notDecimal(from, end);
            } else if (c != '0' || into.size() > first) {
                into.put(c);
                significant = c == '0' ? significant : into.size();
            }
        }
        if (end - from == (point == end ? 0 : 1)) {
            throw notDecimal(from, end);
        }
        var trailingZeros = into.size() - significant;
        var afterPoint = point == end ? 0 : end - point - 1;
        into.truncate(significant);
        finish(into, start, first, exponent - afterPoint + trailingZeros);
    }

    private static NumberFormatException notDecimal(int from, int end) {
        return new NumberFormatException("a text of %,d characters is no decimal number".formatted(end - from));
    }

    /// Puts the exponent before the digits; zero has neither sign, exponent nor digits.
    private static void finish(CanonicalBytes into, int start, int first, int exponent) {
        var zero = into.size() == first;
        into.setLong(start, zero ? 0 : exponent);
        if (zero) {
            into.set(start - 1, '+');
        }
        into.put(0);
    }
}
