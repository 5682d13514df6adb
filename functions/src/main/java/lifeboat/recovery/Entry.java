package lifeboat.recovery;

import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;
import lifeboat.restore.RestoreOrder;

/// A copy together with the recovery it belongs to.
record Entry(Recovery recovery, CopyEntry copy) {
    /// Finds both in the ledger.
    ///
    /// @throws Invalid where the ledger has no such recovery, or the recovery no such resource
    static Entry find(RecoveryLedger ledger, RecoveryId id, ResourceName resource) {
        Recovery recovery = ledger.find(id).orElseThrow(() -> unknown(id));
        return recovery.copy(resource)
                .map(copy -> new Entry(recovery, copy))
                .orElseThrow(() ->
                        new Invalid("LB-107", "resource \"%s\" is not part of recovery %s".formatted(resource, id)));
    }

    /// The refusal of an id that the ledger does not know.
    static Invalid unknown(RecoveryId id) {
        return new Invalid("LB-102", "recovery \"%s\" is not in the ledger of this environment".formatted(id));
    }

    RestoreOrder order() {
        return copy.copy().order(recovery.id(), recovery.request().mode(), recovery.startedAt());
    }
}
