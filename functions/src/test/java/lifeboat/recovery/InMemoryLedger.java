package lifeboat.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Segment;
import lifeboat.objective.Assessment;
import lifeboat.parity.Settings;
import lifeboat.restore.Ticket;

/// A ledger that keeps everything in this process. It passes the same contract as the one on DynamoDB.
public final class InMemoryLedger implements RecoveryLedger {
    private static final Duration LOCK = Duration.ofDays(7);
    private final Map<RecoveryId, Recovery> recoveries = new HashMap<>();
    private final Map<RecoveryId, ClosedVerdict> verdicts = new HashMap<>();
    private final Map<RecoveryId, Summary.Result> results = new HashMap<>();
    private final Map<OpenCopy, Map<Segment, Evidence>> evidence = new HashMap<>();
    private final Map<Map.Entry<WorkloadName, ResourceName>, Captured> settings = new HashMap<>();
    private final Map<RecoveryRequest, Recovery> running = new HashMap<>();

    @Override
    public Recovery open(Recovery planned) {
        Recovery before = recoveries.get(planned.id());
        if (before != null) {
            return before;
        }
        underway(planned.request(), planned.startedAt()).ifPresent(other -> {
            throw RecoveryRequest.alreadyCarriedOutBy(other);
        });
        running.put(withoutIncident(planned.request()), planned);
        recoveries.put(planned.id(), planned);
        for (CopyEntry copy : planned.copies()) {
            if (!copy.copy().settings().equals(Settings.NONE)) {
                settings.merge(
                        Map.entry(
                                planned.request().workload(),
                                copy.copy().source().name()),
                        new Captured(copy.copy().settings(), planned.startedAt()),
                        (older, newer) -> newer.at().isAfter(older.at()) ? newer : older);
            }
        }
        return planned;
    }

    @Override
    public void release(RecoveryRequest request, RecoveryId id) {
        running.values().removeIf(other -> other.id().equals(id));
    }

    @Override
    public Optional<RecoveryId> underway(RecoveryRequest request, Instant now) {
        return Optional.ofNullable(running.get(withoutIncident(request)))
                .filter(recovery -> !now.isAfter(recovery.startedAt().plus(LOCK)))
                .map(Recovery::id);
    }

    private static RecoveryRequest withoutIncident(RecoveryRequest request) {
        return new RecoveryRequest(
                request.workload(), request.mode(), request.target(), request.resources(), Optional.empty());
    }

    @Override
    public Optional<Recovery> find(RecoveryId id) {
        return Optional.ofNullable(recoveries.get(id));
    }

    @Override
    public void record(RecoveryId id, ResourceName resource, CopyEvent event) {
        Recovery recovery = find(id).orElseThrow(() -> new IllegalStateException("no recovery " + id));
        CopyEntry entry =
                recovery.copy(resource).orElseThrow(() -> new IllegalStateException("no copy of " + resource));
        CopyEntry after = after(entry, event);
        List<CopyEntry> copies = recovery.copies().stream()
                .map(copy -> copy == entry ? after : copy)
                .toList();
        recoveries.put(id, changed(recovery, copies, recovery.closedAt()));
    }

    private static Recovery changed(Recovery from, List<CopyEntry> copies, Optional<Instant> closedAt) {
        return new Recovery(
                from.id(),
                from.execution(),
                from.request(),
                from.objectives(),
                from.incidentAt(),
                from.startedAt(),
                copies,
                from.unplanned(),
                closedAt);
    }

    private static CopyEntry after(CopyEntry entry, CopyEvent event) {
        return switch (event) {
            case CopyEvent.Waiting(var why)
            when entry.restoreStartedAt().isEmpty() -> change(entry, to -> to.waitingFor = Optional.of(why));
            case CopyEvent.RestoreStarted started
            when entry.ticket().isEmpty() ->
                change(entry, to -> {
                    to.ticket = Optional.of(started.ticket());
                    to.restoreStartedAt = Optional.of(started.at());
                    to.remains = CopyEntry.Remains.OPEN;
                });
            case CopyEvent.RestoreRepeated repeated
            when entry.ticket().filter(repeated.ended()::equals).isPresent() ->
                change(entry, to -> to.ticket = Optional.of(repeated.ticket()));
            case CopyEvent.RestoreCompleted completed
            when entry.restoreCompletedAt().isEmpty() ->
                change(entry, to -> {
                    to.restoreCompletedAt = Optional.of(completed.at());
                    to.completedByService = completed.byService();
                });
            case CopyEvent.Configured configured
            when entry.configuredAt().isEmpty() ->
                change(entry, to -> {
                    to.configuredAt = Optional.of(configured.at());
                    to.parityGaps = configured.gaps();
                });
            case CopyEvent.InspectionPlanned planned
            when entry.inspection().isEmpty() -> change(entry, to -> to.inspection = planned.segments());
            case CopyEvent.Verified(var at)
            when entry.verifiedAt().isEmpty() -> change(entry, to -> to.verifiedAt = Optional.of(at));
            case CopyEvent.Failed(var step, var why)
            when entry.failure().isEmpty() ->
                change(entry, to -> to.failure = Optional.of(new CopyEntry.Failure(step, why)));
            case CopyEvent.Gone _
            when entry.remains() != CopyEntry.Remains.GONE -> change(entry, to -> to.remains = CopyEntry.Remains.GONE);
            case CopyEvent.Kept _
            when entry.remains() != CopyEntry.Remains.KEPT -> change(entry, to -> to.remains = CopyEntry.Remains.KEPT);
            case CopyEvent.Waiting _,
                    CopyEvent.RestoreStarted _,
                    CopyEvent.RestoreRepeated _,
                    CopyEvent.RestoreCompleted _,
                    CopyEvent.Configured _,
                    CopyEvent.InspectionPlanned _,
                    CopyEvent.Verified _,
                    CopyEvent.Failed _,
                    CopyEvent.Gone _,
                    CopyEvent.Kept _ -> entry;
        };
    }

    private static CopyEntry change(CopyEntry entry, Consumer<Draft> what) {
        Draft draft = new Draft(entry);
        what.accept(draft);
        return new CopyEntry(
                entry.copy(),
                draft.waitingFor,
                draft.ticket,
                draft.restoreStartedAt,
                draft.restoreCompletedAt,
                draft.completedByService,
                draft.configuredAt,
                draft.parityGaps,
                draft.inspection,
                draft.verifiedAt,
                draft.failure,
                draft.remains);
    }

    @Override
    public void evidence(RecoveryId id, ResourceName resource, Segment segment, Evidence seen) {
        evidence.computeIfAbsent(new OpenCopy(id, resource), _ -> new TreeMap<>(Comparator.comparing(Segment::label)))
                .putIfAbsent(segment, seen);
    }

    @Override
    public Map<Segment, Evidence> evidence(RecoveryId id, ResourceName resource) {
        return Map.copyOf(evidence.getOrDefault(new OpenCopy(id, resource), Map.of()));
    }

    @Override
    public boolean close(RecoveryId id, Assessment assessment, Instant at) {
        Recovery recovery = find(id).orElseThrow();
        running.values().removeIf(other -> other.id().equals(id));
        if (recovery.closedAt().isPresent()) {
            return false;
        }
        recoveries.put(id, changed(recovery, recovery.copies(), Optional.of(at)));
        verdicts.put(id, VerdictJson.of(recovery, assessment, at));
        results.put(
                id,
                new Summary.Result(
                        assessment.standing(),
                        assessment.integrity(),
                        assessment.dataLoss().map(InMemoryLedger::wholeSeconds),
                        assessment.dataLossBasis(),
                        assessment.timeToRecover().map(InMemoryLedger::wholeSeconds),
                        assessment.phases()));
        return true;
    }

    private static Duration wholeSeconds(Duration exact) {
        return Duration.ofSeconds(exact.plusNanos(999_999_999).toSeconds());
    }

    @Override
    public Optional<ClosedVerdict> closed(RecoveryId id) {
        return Optional.ofNullable(verdicts.get(id));
    }

    @Override
    public Optional<String> execution(RecoveryId id) {
        return find(id).map(Recovery::execution);
    }

    @Override
    public OpenCopies openCopies(Instant startedBefore) {
        List<OpenCopy> open = new ArrayList<>();
        recoveries.values().stream()
                .filter(recovery -> recovery.request().mode() == Mode.DRILL)
                .filter(recovery -> recovery.startedAt().isBefore(startedBefore))
                .sorted(Comparator.comparing(Recovery::startedAt))
                .forEach(recovery -> recovery.copies().stream()
                        .filter(copy ->
                                copy.remains() == CopyEntry.Remains.PLANNED || copy.remains() == CopyEntry.Remains.OPEN)
                        .sorted(Comparator.comparing(
                                copy -> copy.copy().source().name()))
                        .forEach(copy -> open.add(
                                new OpenCopy(recovery.id(), copy.copy().source().name()))));
        return new OpenCopies(open, List.of());
    }

    @Override
    public List<RecoveryId> leftOpen(Instant startedBefore) {
        return recoveries.values().stream()
                .filter(recovery -> recovery.closedAt().isEmpty())
                .filter(recovery -> recovery.startedAt().isBefore(startedBefore))
                .sorted(Comparator.comparing(Recovery::startedAt))
                .map(Recovery::id)
                .toList();
    }

    @Override
    public List<Summary> history(WorkloadName workload, int most) {
        return recoveries.values().stream()
                .filter(recovery -> recovery.request().workload().equals(workload))
                .sorted(Comparator.comparing(Recovery::startedAt).reversed())
                .limit(most)
                .map(recovery -> new Summary(
                        recovery.id(),
                        recovery.request().mode(),
                        recovery.resources(),
                        recovery.startedAt(),
                        recovery.closedAt(),
                        Optional.ofNullable(results.get(recovery.id()))))
                .toList();
    }

    @Override
    public Optional<Settings> lastSettings(WorkloadName workload, ResourceName resource) {
        return Optional.ofNullable(settings.get(Map.entry(workload, resource))).map(Captured::settings);
    }

    private record Captured(Settings settings, Instant at) {}

    /// What a copy is changed to.
    private static final class Draft {
        private Optional<String> waitingFor;
        private Optional<Ticket> ticket;
        private Optional<Instant> restoreStartedAt;
        private Optional<Instant> restoreCompletedAt;
        private boolean completedByService;
        private Optional<Instant> configuredAt;
        private List<String> parityGaps;
        private List<Segment> inspection;
        private Optional<Instant> verifiedAt;
        private Optional<CopyEntry.Failure> failure;
        private CopyEntry.Remains remains;

        private Draft(CopyEntry entry) {
            waitingFor = entry.waitingFor();
            ticket = entry.ticket();
            restoreStartedAt = entry.restoreStartedAt();
            restoreCompletedAt = entry.restoreCompletedAt();
            completedByService = entry.completedByService();
            configuredAt = entry.configuredAt();
            parityGaps = entry.parityGaps();
            inspection = entry.inspection();
            verifiedAt = entry.verifiedAt();
            failure = entry.failure();
            remains = entry.remains();
        }
    }
}
