package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What triggers of live wrote besides the rows that they fired for. No comparison planned it, and no undo brings it
/// back.
///
/// @param table where
/// @param inserted rows that came
/// @param changed rows that were changed
/// @param deleted rows that went
/// @param altered whether the table was emptied as a whole, or altered, by them or by somebody else meanwhile
public record SideEffect(TableName table, long inserted, long changed, long deleted, boolean altered) {
    /// Effects on the same table as one.
    static List<SideEffect> merged(List<SideEffect> some, List<SideEffect> others) {
        Map<TableName, SideEffect> merged = new TreeMap<>();
        List<SideEffect> all = new ArrayList<>(some);
        all.addAll(others);
        all.forEach(effect -> merged.merge(effect.table, effect, SideEffect::plus));
        return List.copyOf(merged.values());
    }

    private SideEffect plus(SideEffect other) {
        return new SideEffect(
                table,
                inserted + other.inserted,
                changed + other.changed,
                deleted + other.deleted,
                altered || other.altered);
    }

    /// As a person reads it.
    public String text() {
        List<String> parts = new ArrayList<>();
        add(parts, inserted, "inserted");
        add(parts, changed, "changed");
        add(parts, deleted, "deleted");
        if (altered) {
            parts.add("emptied as a whole, or altered");
        }
        return "%s: %s".formatted(table, String.join(", ", parts));
    }

    private static void add(List<String> parts, long rows, String how) {
        if (rows > 0) {
            parts.add("%,d %s %s".formatted(rows, rows == 1 ? "row" : "rows", how));
        }
    }
}
