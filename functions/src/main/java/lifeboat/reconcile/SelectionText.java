package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was selected, in words, so that whoever approves a plan reads what it was made from.
final class SelectionText {
    private SelectionText() {}

    /// A sentence each.
    ///
    /// @param disclosure where keys may not be shown, neither are the ranges of them
    static List<String> of(Rules rules, Disclosure disclosure) {
        Selection selection = rules.selection();
        List<String> sentences = new ArrayList<>();
        if (!selection.tables().isEmpty()) {
            sentences.add("only tables %s; no other was looked at"
                    .formatted(new TreeSet<>(selection.tables())
                            .stream().map(TableName::toString).collect(Collectors.joining(", "))));
        }
        new TreeMap<>(selection.keys())
                .forEach((table, ranges) -> sentences.add("of %s only rows whose first key part lies in %s"
                        .formatted(
                                table,
                                disclosure == Disclosure.COUNTS
                                        ? "%d ranges".formatted(ranges.size())
                                        : ranges.stream()
                                                .map(range -> "%s..%s".formatted(range.from(), range.to()))
                                                .collect(Collectors.joining(", ")))));
        if (!selection.keys().isEmpty()) {
            sentences.add("of every other table that is compared, all rows");
        }
        if (!selection.classes().equals(Selection.ALL.classes())
                || !selection.anomalies().isEmpty()) {
            sentences.add("only rows that are " + classes(selection));
        }
        selection
                .writtenWithin()
                .ifPresent(window -> sentences.add("only rows whose last write lies from %s to %s, which is the damage"
                        .formatted(window.from(), window.to())));
        if (sentences.isEmpty()) {
            sentences.add("everything");
        }
        rules.purges()
                .forEach(purge -> sentences.add("rows of %s may be gone whose %s is before %s"
                        .formatted(purge.table(), purge.field(), purge.before())));
        return sentences;
    }

    private static String classes(Selection selection) {
        return Stream.concat(
                        selection.classes().stream().sorted().map(SelectionText::word),
                        selection.anomalies().stream().sorted().map(TimeAnomaly::word))
                .collect(Collectors.joining(", "));
    }

    private static String word(DifferenceClass kind) {
        return switch (kind) {
            case MISSING_IN_LIVE -> "missing";
            case CHANGED -> "changed";
            case UNEXPECTED_IN_LIVE -> "unexpected";
        };
    }
}
