package lifeboat.reconcile;

import java.math.BigDecimal;

/// A range of the first part of a key, both ends included: of numbers where both ends are numbers, and then nothing
/// else is inside; else of text.
///
/// @param from first value inside
/// @param to last value inside
public record KeyRange(String from, String to) {
    private static final String NUMBER = "-?[0-9]{1,40}(\\.[0-9]{1,40})?";

    public KeyRange {
        if ((isNumber(from) && isNumber(to) ? asNumbers(from, to) : from.compareTo(to)) > 0) {
            throw new lifeboat.catalog.Invalid(
                    "LB-402",
                    "keys \"%s..%s\" is not allowed: the first must not lie behind the last".formatted(from, to),
                    "a range of keys is not allowed: the first must not lie behind the last");
        }
    }

    public boolean contains(String value) {
        if (isNumber(from) && isNumber(to)) {
            return isNumber(value) && asNumbers(from, value) <= 0 && asNumbers(value, to) <= 0;
        }
        return from.compareTo(value) <= 0 && value.compareTo(to) <= 0;
    }

    private static int asNumbers(String a, String b) {
        return new BigDecimal(a).compareTo(new BigDecimal(b));
    }

    private static boolean isNumber(String value) {
        return value.matches(NUMBER);
    }
}
