package lifeboat.reconcile.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Part of the values of a whole-number key column: `from` included, `to` not.
///
/// @param from `Long.MIN_VALUE`: no lower bound
/// @param to `Long.MAX_VALUE`: no upper bound
record IntegerRange(long from, long to) {
    private static final Pattern FORM = Pattern.compile("((?:-?\\d{1,18})?)\\.\\.((?:-?\\d{1,18})?)");

    String condition(String column) {
        String low = from == Long.MIN_VALUE ? "true" : "%s >= %d::int8".formatted(column, from);
        String high = to == Long.MAX_VALUE ? "true" : "%s < %d::int8".formatted(column, to);
        return low + " AND " + high;
    }

    /// Parts that cover every value, cut evenly between the smallest and the biggest that there is.
    static List<IntegerRange> split(long smallest, long biggest, int parts) {
        List<IntegerRange> ranges = new ArrayList<>();
        long from = Long.MIN_VALUE;
        for (int i = 1; i < parts; i++) {
            long to = smallest + (biggest - smallest) / parts * i;
            if (to > from && to > smallest) {
                ranges.add(new IntegerRange(from, to));
                from = to;
            }
        }
        ranges.add(new IntegerRange(from, Long.MAX_VALUE));
        return ranges;
    }

    /// Reads what [#toString] says; empty: it is of another form.
    static Optional<IntegerRange> parse(String text) {
        Matcher ends = FORM.matcher(text);
        if (!ends.matches()) {
            return Optional.empty();
        }
        long from = ends.group(1).isEmpty() ? Long.MIN_VALUE : Long.parseLong(ends.group(1));
        long to = ends.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(ends.group(2));
        return Optional.of(new IntegerRange(from, to));
    }

    @Override
    public String toString() {
        return (from == Long.MIN_VALUE ? "" : from) + ".." + (to == Long.MAX_VALUE ? "" : to);
    }
}
