package lifeboat.reconcile;

import java.math.BigDecimal;

/// A range of the first part of a key, both ends included: as numbers when all three are numbers, else as text.
///
/// @param from first value inside
/// @param to last value inside
public record KeyRange(String from, String to) {
    private static final String NUMBER = "-?[0-9]{1,40}(\\.[0-9]{1,40})?";

    public KeyRange {
        if (compare(from, to) > 0) {
            throw new lifeboat.catalog.Invalid(
                    "LB-402",
                    "keys \"%s..%s\" is not allowed: the first must not lie behind the last".formatted(from, to));
        }
    }

    public boolean contains(String value) {
        boolean numbers = isNumber(from) && isNumber(to);
        if (numbers && !isNumber(value)) {
            return false;
        }
        return compare(from, value) <= 0 && compare(value, to) <= 0;
    }

    private static int compare(String a, String b) {
        return isNumber(a) && isNumber(b) ? new BigDecimal(a).compareTo(new BigDecimal(b)) : a.compareTo(b);
    }

    private static boolean isNumber(String value) {
        return value.matches(NUMBER);
    }
}
