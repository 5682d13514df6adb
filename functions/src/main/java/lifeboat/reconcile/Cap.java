package lifeboat.reconcile;

import java.util.Optional;

/// How much of live a repair may change without an explicit word.
///
/// @param maxPercent of the rows of live (of the copy where live is empty) over all compared tables; 0 to 100
/// @param overridden whether the caller said to go beyond it
public record Cap(double maxPercent, boolean overridden) {
    /// Where nothing else is said.
    public static final Cap DEFAULT = new Cap(20, false);

    public Cap {
        if (!(maxPercent >= 0 && maxPercent <= 100)) {
            throw new lifeboat.catalog.Invalid(
                    "LB-403", "cap \"%s\" is not allowed: a percentage from 0 to 100".formatted(maxPercent));
        }
    }

    /// Why such a plan must not be carried out; empty: it may.
    public Optional<Refusal> refuses(Counts counts) {
        long rows = Math.max(1, Math.max(counts.copyRows(), counts.liveRows()));
        // Deleting what is there and inserting what is not can touch more rows than there are.
        double percent = Math.min(100, 100.0 * counts.repairs() / rows);
        if (overridden || percent <= maxPercent) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "LB-410",
                "the plan would change %.2f %% of the rows; at most %s %% are allowed".formatted(percent, maxPercent),
                "look at the plan again; where it is right, say so with --cap"));
    }
}
