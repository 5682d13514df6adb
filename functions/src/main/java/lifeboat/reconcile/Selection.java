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
/// writes are then the damage and never taken for good writes since the point in time. Empty: any time
/// @param classes only these classes
/// @param anomalies differences with such a time too, whatever their class; those that are not named stay
public record Selection(
        Set<TableName> tables,
        Map<TableName, List<KeyRange>> keys,
        Optional<TimeWindow> writtenWithin,
        Set<DifferenceClass> classes,
        Set<TimeAnomaly> anomalies) {
    public Selection {
        tables = Set.copyOf(tables);
        keys = Map.copyOf(keys);
        classes = Set.copyOf(classes);
        anomalies = Set.copyOf(anomalies);
    }

    /// Without any difference whose time explains nothing.
    public Selection(
            Set<TableName> tables,
            Map<TableName, List<KeyRange>> keys,
            Optional<TimeWindow> writtenWithin,
            Set<DifferenceClass> classes) {
        this(tables, keys, writtenWithin, classes, Set.of());
    }

    /// Everything but differences whose time explains nothing.
    public static final Selection ALL =
            new Selection(Set.of(), Map.of(), Optional.empty(), Set.of(DifferenceClass.values()));

    public boolean hasTable(TableName table) {
        return tables.isEmpty() || tables.contains(table);
    }

    /// Why a difference is not selected whose time nothing is wrong with; empty: it is.
    public Optional<Left> leaves(Difference difference) {
        return leaves(difference, Optional.empty());
    }

    /// Why a difference is not selected; empty: it is.
    ///
    /// @param anomaly what is wrong with the time of its last write; empty: nothing, or nothing asks for one
    public Optional<Left> leaves(Difference difference, Optional<TimeAnomaly> anomaly) {
        if (!hasTable(difference.table()) || !hasKey(difference) || !isWrittenWithin(difference)) {
            return Optional.of(Left.NOT_SELECTED);
        }
        if (anomaly.isPresent()) {
            return anomaly.filter(found -> !anomalies.contains(found)).map(TimeAnomaly::left);
        }
        return classes.contains(difference.kind()) ? Optional.empty() : Optional.of(Left.NOT_SELECTED);
    }

    private boolean hasKey(Difference difference) {
        List<KeyRange> ranges = keys.get(difference.table());
        return ranges == null
                || ranges.stream()
                        .anyMatch(
                                range -> range.contains(difference.key().parts().getFirst()));
    }

    private boolean isWrittenWithin(Difference difference) {
        Optional<Image> newest = difference.inLive().or(difference::inCopy);
        return writtenWithin.isEmpty()
                || newest.flatMap(Image::writtenAt)
                        .filter(writtenWithin.get()::contains)
                        .isPresent();
    }
}
