package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lifeboat.catalog.Invalid;

/// Which entries of an undo log a person names. Named entries are undone though nobody knows whether they were written,
/// and no others are.
///
/// @param named their numbers; empty: every entry that is known to have been written
public record UndoEntries(Optional<Set<Integer>> named) {
    /// Where nothing else is said.
    public static final UndoEntries KNOWN = new UndoEntries(Optional.empty());

    private static final Pattern ONE = Pattern.compile("([0-9]{1,8})(?:-([0-9]{1,8}))?");

    public UndoEntries {
        named = named.map(Set::copyOf);
    }

    /// Reads numbers and ranges, `3,5-9`.
    ///
    /// @param field what the person calls it, `--entries` or `entries`
    public static UndoEntries parse(String field, Optional<String> typed) {
        return new UndoEntries(typed.map(text -> numbers(field, text)));
    }

    private static Set<Integer> numbers(String field, String text) {
        Set<Integer> numbers = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            var one = ONE.matcher(part.strip());
            int from = one.matches() ? Integer.parseInt(one.group(1)) : 1;
            int to = !one.matches() ? 0 : one.group(2) == null ? from : Integer.parseInt(one.group(2));
            if (to < from || to - from > 1_000_000) {
                throw new Invalid(
                        "LB-467",
                        "%s \"%s\" is not allowed: numbers of entries of the undo log, such as 3,5-9"
                                .formatted(field, text));
            }
            for (int number = from; number <= to; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /// The shortest text that [#parse] takes for these numbers.
    static String text(Set<Integer> numbers) {
        List<String> parts = new ArrayList<>();
        List<Integer> sorted = List.copyOf(new TreeSet<>(numbers));
        int from = 0;
        for (int at = 1; at <= sorted.size(); at++) {
            if (at == sorted.size() || sorted.get(at) != sorted.get(at - 1) + 1) {
                int first = sorted.get(from);
                int last = sorted.get(at - 1);
                parts.add(first == last ? Integer.toString(first) : first + "-" + last);
                from = at;
            }
        }
        return String.join(",", parts);
    }

    boolean includes(int entry) {
        return named.isEmpty() || named.get().contains(entry);
    }

    @Override
    public String toString() {
        return named.map(UndoEntries::text).orElse("");
    }
}
