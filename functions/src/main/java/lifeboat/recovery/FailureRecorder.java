package lifeboat.recovery;

import lifeboat.catalog.ResourceName;

/// Writes down what went wrong, so that a failed resource stops no other and nothing is forgotten.
public final class FailureRecorder {
    private final RecoveryLedger ledger;
    private final Results results;

    public FailureRecorder(RecoveryLedger ledger, Results results) {
        this.ledger = ledger;
        this.results = results;
    }

    /// One resource's step failed for good.
    ///
    /// @param step the state of the state machine
    /// @param why the message of the error
    public void failed(RecoveryId id, ResourceName resource, String step, String why) {
        ledger.record(id, resource, new CopyEvent.Failed(step, why));
    }

    /// A step of the whole recovery failed for good: that of every resource that is not through yet.
    public void failed(RecoveryId id, String step, String why) {
        ledger.find(id).orElseThrow(() -> Entry.unknown(id)).copies().stream()
                .filter(entry -> entry.verifiedAt().isEmpty())
                .forEach(entry -> failed(id, entry.copy().source().name(), step, why));
    }

    /// The recovery was refused, or broke before it was planned: people must hear of a drill that never took place.
    ///
    /// @param execution name of the execution
    /// @param request what was asked for, as JSON
    public void refused(String execution, String request, String why) {
        results.refused(execution, request, why);
    }
}
