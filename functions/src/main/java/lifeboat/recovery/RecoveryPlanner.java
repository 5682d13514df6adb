package lifeboat.recovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;
import lifeboat.failure.Failure;
import lifeboat.parity.Settings;
import lifeboat.restore.RestorePoint;

/// Decides everything about a recovery before anything is created: what is restored, from which point, under
/// which name.
public final class RecoveryPlanner {
    private static final String ALL = "all settings";

    private final Environment environment;
    private final Stores stores;
    private final RecoveryLedger ledger;
    private final Executions executions;
    private final Function<RuntimeException, Optional<String>> forGood;
    private final boolean away;

    /// Plans in one region.
    ///
    /// @param forGood what to say of an error that trying again cannot help; empty: it may help
    /// @param away whether this is not the region of live, so that the region is what was lost
    public RecoveryPlanner(
            Environment environment,
            Stores stores,
            RecoveryLedger ledger,
            Executions executions,
            Function<RuntimeException, Optional<String>> forGood,
            boolean away) {
        this.environment = environment;
        this.stores = stores;
        this.ledger = ledger;
        this.executions = executions;
        this.forGood = forGood;
        this.away = away;
    }

    /// The plan of a recovery. Only reads. A resource that cannot be planned keeps no other from being planned.
    public Recovery plan(RecoveryRequest request, RecoveryId id, Instant startedAt) {
        return plan(request, id, id.value(), startedAt, true);
    }

    private Recovery plan(
            RecoveryRequest request, RecoveryId id, String execution, Instant startedAt, boolean lastTry) {
        Workload workload = environment.workload(request.workload()).orElseThrow();
        List<CopyEntry> copies = new ArrayList<>();
        List<Unplanned> unplanned = new ArrayList<>();
        for (Resource resource : workload.resources()) {
            if (!request.resources().isEmpty() && !request.resources().contains(resource.name())) {
                continue;
            }
            try {
                copies.add(CopyEntry.planned(copy(workload, resource, request, id)));
            } catch (RuntimeException e) { // each resource stands for itself: the reason goes into the ledger
                unplanned.add(new Unplanned(resource.name(), whyNot(e, lastTry)));
            }
        }
        return new Recovery(
                id,
                execution,
                request,
                away ? workload.regionLost().orElse(workload.objectives()) : workload.objectives(),
                request.incidentAt(startedAt),
                startedAt,
                copies,
                unplanned,
                Optional.empty());
    }

    /// Plans a recovery and writes the plan into the ledger. Planning the same recovery again answers the
    /// first plan.
    ///
    /// @param execution name of the execution that carries it out
    /// @param lastTry whether nobody will try again: then a resource that AWS keeps from being planned for
    ///     the moment is left out, as one is that cannot be planned at all
    /// @throws lifeboat.catalog.Invalid where the same request is already being carried out
    public Recovery open(RecoveryRequest request, RecoveryId id, String execution, Instant startedAt, boolean lastTry) {
        return ledger.find(id).orElseGet(() -> {
            Recovery planned = plan(request, id, execution, startedAt, lastTry);
            releaseWhatNobodyCarriesOut(request, startedAt);
            return ledger.open(planned);
        });
    }

    /// Of which kinds a plan has more copies than their service restores at once.
    public List<Wave> waves(Recovery planned) {
        Map<String, List<Resource>> kinds = planned.copies().stream()
                .map(entry -> entry.copy().source())
                .collect(Collectors.groupingBy(Wave::kind, TreeMap::new, Collectors.toList()));
        return kinds.entrySet().stream()
                .map(kind -> new Wave(
                        kind.getKey(),
                        kind.getValue().size(),
                        Math.min(
                                Wave.RESOURCES_AT_ONCE,
                                stores.of(kind.getValue().getFirst()).restores().atOnce())))
                .filter(wave -> wave.copies() > wave.atOnce())
                .toList();
    }

    /// An execution that was stopped or broke never closed its recovery: it must not stand in the way of the
    /// next one.
    private void releaseWhatNobodyCarriesOut(RecoveryRequest request, Instant now) {
        ledger.underway(request, now)
                .filter(other -> !executions.running(ledger.execution(other).orElse(other.value())))
                .ifPresent(other -> ledger.release(request, other));
    }

    private String whyNot(RuntimeException e, boolean lastTry) {
        Optional<String> why = forGood.apply(e);
        if (why.isEmpty() && !lastTry) {
            throw e;
        }
        return why.orElseGet(() -> Failure.text(e));
    }

    private Copy copy(Workload workload, Resource resource, RecoveryRequest request, RecoveryId id) {
        Stores.Store store = stores.of(resource);
        RestorePoint point = store.restores().choose(resource, request.target());
        request.refuseDamage(resource.name(), point.time());
        Settings captured = away ? Settings.NONE : capture(store, resource);
        return new Copy(
                resource,
                request.mode().copyOf(id, resource.name()),
                point,
                completed(captured, workload, resource),
                captured.equals(Settings.NONE));
    }

    /// What was captured, with the last known settings in the place of what was not. Where all was captured, the
    /// ledger is not asked.
    private Settings completed(Settings captured, Workload workload, Resource resource) {
        boolean nothing = captured.equals(Settings.NONE) || captured.unread().containsKey(ALL);
        if (!nothing && captured.unread().isEmpty()) {
            return captured;
        }
        Settings last = ledger.lastSettings(workload.name(), resource.name()).orElse(Settings.NONE);
        return nothing ? last.unread(captured.unread()) : captured.orElse(last);
    }

    /// Settings that cannot be read are a gap of the copy, not the end of its recovery.
    private Settings capture(Stores.Store store, Resource resource) {
        try {
            return store.parity().capture(resource);
        } catch (RuntimeException e) { // listed with the copy as not re-applied
            return Settings.NONE.unread(Map.of(ALL, whyNot(e, true)));
        }
    }
}
