package lifeboat.reconcile.flow;

import java.time.Instant;
import lifeboat.catalog.Invalid;
import lifeboat.recovery.RecoveryId;

/// The name of one run of a reconcile: of its execution, and of its files in the archive.
///
/// @param value `run-`, the UTC day and six letters or digits, for example `run-20261120-k3v9x2`
public record RunId(String value) {
    private static final String FORM = "run-[0-9]{8}-[a-z0-9]{6}";

    public RunId {
        if (!value.matches(FORM)) {
            throw new Invalid(
                    "LB-450",
                    "run \"%s\" is not allowed: the id of a run, for example run-20261120-k3v9x2".formatted(value));
        }
    }

    /// The id of the run that a call begins: the same call delivered twice begins one run.
    public static RunId from(String call, Instant at) {
        return new RunId("run-" + RecoveryId.from(call, at));
    }

    @Override
    public String toString() {
        return value;
    }
}
