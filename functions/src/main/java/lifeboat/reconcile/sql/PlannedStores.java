package lifeboat.reconcile.sql;

import java.util.Optional;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.StoreIdentity;

/// Whether databases are still those that a plan was made for.
public final class PlannedStores {
    private PlannedStores() {}

    /// LB-417 where a side is another database.
    ///
    /// @param side `copy` or `live`
    public static Optional<Refusal> other(String side, StoreIdentity planned, StoreIdentity found) {
        return planned.equals(found)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "LB-417",
                        "the plan was made for %s \"%s\"; this is \"%s\"".formatted(side, planned, found),
                        "give the same endpoints as in the comparison, or compare again"));
    }

    /// LB-418 where the structure is another one.
    ///
    /// @param structure digest of what both sides hold now
    public static Optional<Refusal> changed(RepairPlan plan, String structure) {
        return plan.header().structure().equals(structure)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "LB-418",
                        "tables were changed since the plan was made",
                        "compare again and approve the new plan"));
    }
}
