package lifeboat.protection;

import java.time.Duration;
import java.util.Optional;
import lifeboat.catalog.Recoverability;
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

    /// The verdict in words: never `met` where this version cannot restore what the backups hold.
    public String told() {
        return switch (verdict) {
            case MISSED -> "MISSED" + beside();
            case ACCEPTED ->
                workload.accepted()
                        .map(accepted -> "accepted until " + accepted.until() + beside())
                        .orElseThrow();
            case NOT_RECOVERABLE, MET -> Recoverability.of(resource).whereMet();
            case NOT_ENFORCED -> "not enforced" + beside();
        };
    }

    private String beside() {
        return switch (Recoverability.of(resource)) {
            case YES, POSTGRESQL_ONLY -> "";
            case NOT_YET -> ", " + Recoverability.NOT_YET.whereMet();
        };
    }
}
