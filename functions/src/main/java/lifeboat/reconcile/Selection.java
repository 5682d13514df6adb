package lifeboat.reconcile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What of the differences a plan shall repair. Everything else is compared, counted, and left alone.
///
/// @param tables only these, by name; empty: all
/// @param keys only rows whose first key part is one of these, a table each; a table that is not named: all its rows
/// @param writtenWithin only rows whose last write (in live, or in the copy where live has none) lies inside; such
/// writes
/// are then the damage and never taken for good writes since the point in time. Empty: any time
/// @param classes only these classes
public record Selection(
        Set<TableName> tables,
        Map<TableName, List<KeyRange>> keys,
        Optional<TimeWindow> writtenWithin,
        Set<DifferenceClass> classes) {
    public Selection {
        tables = Set.copyOf(tables);
        keys = Map.copyOf(keys);
        classes = Set.copyOf(classes);
    }

    /// Everything.
    public static final Selection ALL =
            new Selection(Set.of(), Map.of(), Optional.empty(), Set.of(DifferenceClass.values()));

    public boolean hasTable(TableName table) {
        return tables.isEmpty() || tables.contains(table);
    }

    /// Why a difference is not selected; empty: it is.
    public Optional<Left> leaves(Difference difference) {
        if (!hasTable(difference.table()) || !classes.contains(difference.kind()) || !hasKey(difference)) {
            return Optional.of(Left.NOT_SELECTED);
        }
        return writtenWithin.isEmpty() || writtenIn(writtenWithin.get(), difference)
                ? Optional.empty()
                : Optional.of(Left.NOT_SELECTED);
    }

    private boolean hasKey(Difference difference) {
        List<KeyRange> ranges = keys.get(difference.table());
        return ranges == null
                || ranges.stream()
                        .anyMatch(
                                range -> range.contains(difference.key().parts().getFirst()));
    }

    private static boolean writtenIn(TimeWindow window, Difference difference) {
        Optional<Image> newest = difference.inLive().or(difference::inCopy);
        return newest.flatMap(Image::writtenAt).filter(window::contains).isPresent();
    }
}
