package lifeboat.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Segment;
import lifeboat.objective.Assessment;
import lifeboat.parity.Settings;

/// A ledger whose every write may end the caller, before it is written or after.
record InterruptedLedger(RecoveryLedger ledger, Interruption interruption) implements RecoveryLedger {
    @Override
    public Recovery open(Recovery planned) {
        interruption.before();
        Recovery opened = ledger.open(planned);
        interruption.after();
        return opened;
    }

    @Override
    public void release(RecoveryRequest request, RecoveryId id) {
        ledger.release(request, id);
    }

    @Override
    public Optional<RecoveryId> underway(RecoveryRequest request, Instant now) {
        return ledger.underway(request, now);
    }

    @Override
    public Optional<Recovery> find(RecoveryId id) {
        interruption.before();
        return ledger.find(id);
    }

    @Override
    public void record(RecoveryId id, ResourceName resource, CopyEvent event) {
        interruption.before();
        ledger.record(id, resource, event);
        interruption.after();
    }

    @Override
    public void evidence(RecoveryId id, ResourceName resource, Segment segment, Evidence evidence) {
        interruption.before();
        ledger.evidence(id, resource, segment, evidence);
        interruption.after();
    }

    @Override
    public Map<Segment, Evidence> evidence(RecoveryId id, ResourceName resource) {
        interruption.before();
        return ledger.evidence(id, resource);
    }

    @Override
    public boolean close(RecoveryId id, Assessment assessment, Instant at) {
        interruption.before();
        boolean closed = ledger.close(id, assessment, at);
        interruption.after();
        return closed;
    }

    @Override
    public Optional<ClosedVerdict> closed(RecoveryId id) {
        return ledger.closed(id);
    }

    @Override
    public Optional<String> execution(RecoveryId id) {
        return ledger.execution(id);
    }

    @Override
    public OpenCopies openCopies(Instant startedBefore) {
        return ledger.openCopies(startedBefore);
    }

    @Override
    public List<RecoveryId> leftOpen(Instant startedBefore) {
        return ledger.leftOpen(startedBefore);
    }

    @Override
    public List<Summary> history(WorkloadName workload, int most) {
        return ledger.history(workload, most);
    }

    @Override
    public Optional<Settings> lastSettings(WorkloadName workload, ResourceName resource) {
        return ledger.lastSettings(workload, resource);
    }
}
