package lifeboat.reconcile;

import java.time.Duration;
import java.time.Instant;
import lifeboat.catalog.EnvironmentName;

/// The order to carry out, or to take back, one plan.
///
/// @param plan its id, as approved
/// @param environment where we are
/// @param now the time
/// @param maxAge how old the plan may be; not asked when it is taken back
/// @param cap how much it may change
/// @param who the person and the machine, for whoever comes second
public record RepairRequest(
        PlanId plan, EnvironmentName environment, Instant now, Duration maxAge, Cap cap, String who) {
    /// Where nothing else is said.
    public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(24);
}
