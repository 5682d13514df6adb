package lifeboat.protection;

import java.time.Duration;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;

/// What the plan promises for one resource in one failure domain, beside what is asked of it.
///
/// @param objective the recovery point objective; absent: reported, not enforced
/// @param guarantee what the plan holds at worst
/// @param verdict how the two compare
public record Promise(
        Workload workload,
        Resource resource,
        FailureDomain domain,
        Optional<Duration> objective,
        Guarantee guarantee,
        Verdict verdict) {

    /// How a guarantee compares with its objective.
    public enum Verdict {
        /// The guarantee is within the objective.
        MET,
        /// It is, but this version cannot restore what the backups hold.
        NOT_RECOVERABLE,
        /// It is not, but within what somebody accepts in writing today.
        ACCEPTED,
        /// It is not, and nobody accepts it.
        MISSED,
        /// There is no objective for this domain.
        NOT_ENFORCED
    }
}
