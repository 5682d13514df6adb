package lifeboat.reconcile;

import java.util.EnumMap;
import java.util.Map;

/// What was counted in one table, or in a piece of it; counts of all pieces add up.
///
/// @param copyRows rows read in the copy
/// @param liveRows rows read in live
/// @param toRepair rows that a plan repairs, by class; equal rows of a table without a key count each
/// @param left rows that stay different, by reason
public record Counts(long copyRows, long liveRows, Map<DifferenceClass, Long> toRepair, Map<Left, Long> left) {
    /// Nothing counted yet.
    public static final Counts NOTHING = new Counts(0, 0, Map.of(), Map.of());

    public Counts {
        toRepair = Map.copyOf(toRepair);
        left = Map.copyOf(left);
    }

    /// Both together.
    public Counts plus(Counts other) {
        Map<DifferenceClass, Long> repair = new EnumMap<>(DifferenceClass.class);
        repair.putAll(toRepair);
        other.toRepair.forEach((kind, count) -> repair.merge(kind, count, Long::sum));
        Map<Left, Long> stays = new EnumMap<>(Left.class);
        stays.putAll(left);
        other.left.forEach((why, count) -> stays.merge(why, count, Long::sum));
        return new Counts(copyRows + other.copyRows, liveRows + other.liveRows, repair, stays);
    }

    /// Rows that the repair would write.
    public long repairs() {
        return toRepair.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Differences that something explains.
    public long expected() {
        return left.entrySet().stream()
                .filter(entry -> entry.getKey().expected())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// Differences that nothing explains, whether they are repaired or not.
    public long unexplained() {
        return repairs() + left.values().stream().mapToLong(Long::longValue).sum() - expected();
    }
}
