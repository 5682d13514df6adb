package lifeboat.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.Objectives;
import lifeboat.catalog.ResourceName;

/// One recovery as the ledger holds it.
///
/// @param id its id
/// @param execution name of the Step Functions execution that carries it out, in the region that it restores in
/// @param request what was asked for
/// @param objectives what the workload promised when the recovery was planned; it is judged by these for ever
/// @param incidentAt what the time to recover counts from
/// @param startedAt when its execution started
/// @param copies one entry each
/// @param unplanned resources of which no copy could be planned
/// @param closedAt when its result was announced; empty: still open
public record Recovery(
        RecoveryId id,
        String execution,
        RecoveryRequest request,
        Objectives objectives,
        Instant incidentAt,
        Instant startedAt,
        List<CopyEntry> copies,
        List<Unplanned> unplanned,
        Optional<Instant> closedAt) {
    public Recovery {
        copies = List.copyOf(copies);
        unplanned = List.copyOf(unplanned);
    }

    /// A recovery of which every resource could be planned.
    public Recovery(
            RecoveryId id,
            String execution,
            RecoveryRequest request,
            Objectives objectives,
            Instant incidentAt,
            Instant startedAt,
            List<CopyEntry> copies,
            Optional<Instant> closedAt) {
        this(id, execution, request, objectives, incidentAt, startedAt, copies, List.of(), closedAt);
    }

    /// The resources that this recovery is about, whether their copies could be planned or not.
    public List<ResourceName> resources() {
        return Stream.concat(
                        copies.stream().map(entry -> entry.copy().source().name()),
                        unplanned.stream().map(Unplanned::resource))
                .toList();
    }

    /// Whether it is still at work when it should be over: the time to recover is past.
    ///
    /// @param now the time of the look
    boolean late(Instant now) {
        return closedAt.isEmpty() && now.isAfter(incidentAt.plus(objectives.rto()));
    }

    /// Up to when writes that the copy does not hold are lost: the incident where its time was given, else the
    /// start. An incident of which only the point to go back to is known damaged live somewhere between the two.
    public Instant writesCountUntil() {
        return request.incidentAt().orElse(startedAt);
    }

    /// The entry of a resource's copy, or empty where this recovery does not restore it.
    public Optional<CopyEntry> copy(ResourceName resource) {
        return copies.stream()
                .filter(entry -> entry.copy().source().name().equals(resource))
                .findFirst();
    }
}
