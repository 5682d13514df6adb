package lifeboat.reconcile.mysql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lifeboat.reconcile.sql.Column;

/// Part of the keys of a table in the order of the server: `from` included, `to` not. A bound has one value for each of
/// some leading columns of the key.
///
/// @param from empty: no lower bound
/// @param to empty: no upper bound
record KeySpan(List<String> from, List<String> to) {
    private static final Pattern FORM = Pattern.compile("([^. ]*)\\.\\.([^. ]*)");

    KeySpan {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    /// Every key.
    static final KeySpan ALL = new KeySpan(List.of(), List.of());

    /// What is true of just the rows inside: of each row of a table for one of the spans that a table is cut into, as
    /// key columns are never NULL.
    String condition(List<Column> key, List<KeyKind> kinds) {
        String low = from.isEmpty() ? "TRUE" : beyond(key, kinds, from, ">", ">=");
        String high = to.isEmpty() ? "TRUE" : beyond(key, kinds, to, "<", "<");
        return "%s AND %s".formatted(low, high);
    }

    /// Compares column by column, in the form that an index is used for; row constructors do not use one.
    ///
    /// @param operator of all columns but the last
    /// @param atLast of the last one
    private static String beyond(
            List<Column> key, List<KeyKind> kinds, List<String> bound, String operator, String atLast) {
        String condition = "";
        for (int i = bound.size() - 1; i >= 0; i--) {
            String name = "t." + RowText.name(key.get(i).name());
            String value = kinds.get(i).literal(bound.get(i));
            condition = condition.isEmpty()
                    ? "%s %s %s".formatted(name, atLast, value)
                    : "(%1$s %2$s %3$s OR (%1$s = %3$s AND %4$s))".formatted(name, operator, value, condition);
        }
        return condition;
    }

    /// As a label shows it.
    String shown(List<KeyKind> kinds) {
        return shown(kinds, from) + ".." + shown(kinds, to);
    }

    private static String shown(List<KeyKind> kinds, List<String> bound) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < bound.size(); i++) {
            parts.add(kinds.get(i).shown(bound.get(i)));
        }
        return String.join(",", parts);
    }

    /// Reads what [#shown] says; empty: it is of another form.
    static Optional<KeySpan> parse(String shown, List<KeyKind> kinds) {
        Matcher ends = FORM.matcher(shown);
        return ends.matches()
                ? Optional.of(new KeySpan(bounds(ends.group(1), kinds), bounds(ends.group(2), kinds)))
                : Optional.empty();
    }

    private static List<String> bounds(String shown, List<KeyKind> kinds) {
        List<String> parts = shown.isEmpty() ? List.of() : Arrays.asList(shown.split(",", -1));
        if (parts.size() > kinds.size()) {
            throw new IllegalArgumentException("a bound has more values than the key");
        }
        List<String> bounds = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            bounds.add(kinds.get(i).bound(parts.get(i)));
        }
        return bounds;
    }
}
