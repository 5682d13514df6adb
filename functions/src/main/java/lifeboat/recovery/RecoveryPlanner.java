package lifeboat.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;
import lifeboat.parity.Settings;
import lifeboat.restore.RestorePoint;

/// Decides everything about a recovery before anything is created: what is restored, from which point, under which
/// name.
public final class RecoveryPlanner {
    private final Environment environment;
    private final Stores stores;
    private final RecoveryLedger ledger;
    private final Executions executions;
    private final boolean away;

    /// Plans in one region.
    ///
    /// @param away whether this is not the region of live, so that the region is what was lost
    public RecoveryPlanner(
            Environment environment, Stores stores, RecoveryLedger ledger, Executions executions, boolean away) {
        this.environment = environment;
        this.stores = stores;
        this.ledger = ledger;
        this.executions = executions;
        this.away = away;
    }

    /// The plan of a recovery. Only reads.
    ///
    /// @throws lifeboat.catalog.Invalid where the request cannot be carried out; nothing has been created then
    public Recovery plan(RecoveryRequest request, RecoveryId id, Instant startedAt) {
        return plan(request, id, id.value(), startedAt);
    }

    private Recovery plan(RecoveryRequest request, RecoveryId id, String execution, Instant startedAt) {
        Workload workload = environment.workload(request.workload()).orElseThrow();
        List<CopyEntry> copies = workload.resources().stream()
                .filter(resource ->
                        request.resources().isEmpty() || request.resources().contains(resource.name()))
                .map(resource -> CopyEntry.planned(copy(workload, resource, request, id)))
                .toList();
        return new Recovery(
                id,
                execution,
                request,
                away ? workload.regionLost().orElse(workload.objectives()) : workload.objectives(),
                request.incidentAt(startedAt),
                startedAt,
                copies,
                Optional.empty());
    }

    /// Plans a recovery and writes the plan into the ledger. Planning the same recovery again answers the first plan.
    ///
    /// @param execution name of the execution that carries it out
    /// @throws lifeboat.catalog.Invalid as [#plan], and where the same request is already being carried out
    public Recovery open(RecoveryRequest request, RecoveryId id, String execution, Instant startedAt) {
        return ledger.find(id).orElseGet(() -> {
            Recovery planned = plan(request, id, execution, startedAt);
            releaseWhatNobodyCarriesOut(request, startedAt);
            return ledger.open(planned);
        });
    }

    /// An execution that was stopped or broke never closed its recovery: it must not stand in the way of the next one.
    private void releaseWhatNobodyCarriesOut(RecoveryRequest request, Instant now) {
        ledger.underway(request, now)
                .filter(other -> !executions.running(ledger.execution(other).orElse(other.value())))
                .ifPresent(other -> ledger.release(request, other));
    }

    private Copy copy(Workload workload, Resource resource, RecoveryRequest request, RecoveryId id) {
        Stores.Store store = stores.of(resource);
        RestorePoint point = store.restores().choose(resource, request.target());
        request.refuseDamage(resource.name(), point.time());
        Settings captured = away ? Settings.NONE : store.parity().capture(resource);
        boolean gone = captured.equals(Settings.NONE);
        Settings settings =
                gone ? ledger.lastSettings(workload.name(), resource.name()).orElse(Settings.NONE) : captured;
        return new Copy(resource, request.mode().copyOf(id, resource.name()), point, settings, gone);
    }
}
