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

/// Where every recovery is written down, before anything is created and at each step after.
///
/// Every write is conditional; of two that say the same, the second changes nothing.
public interface RecoveryLedger {
    /// Opens a recovery. Where the same recovery was opened before, that one is answered and nothing is written.
    ///
    /// @throws lifeboat.catalog.Invalid where the same request is already being carried out by another recovery
    Recovery open(Recovery planned);

    /// The recovery that is carrying out the same request right now, or empty where none is.
    Optional<RecoveryId> underway(RecoveryRequest request, Instant now);

    /// Lets go of a request that a recovery has stopped carrying out without closing; nothing where another one has it.
    void release(RecoveryRequest request, RecoveryId id);

    /// The recovery of that id, or empty where the ledger has none.
    Optional<Recovery> find(RecoveryId id);

    /// Writes down what has happened to a copy.
    void record(RecoveryId id, ResourceName resource, CopyEvent event);

    /// Writes down what one piece of an inspection saw; the first evidence counts.
    void evidence(RecoveryId id, ResourceName resource, Segment segment, Evidence evidence);

    /// What the pieces of an inspection saw so far.
    Map<Segment, Evidence> evidence(RecoveryId id, ResourceName resource);

    /// Closes a recovery with its result.
    ///
    /// @return whether this call closed it; false where it was closed before
    boolean close(RecoveryId id, Assessment assessment, Instant at);

    /// The verdict on a closed recovery, as it was written down; empty: it is open, or there is none.
    Optional<ClosedVerdict> closed(RecoveryId id);

    /// The name of the execution that carries a recovery out, even where the rest of its entry cannot be read; empty:
    /// there is no such recovery, or not even that can be read.
    Optional<String> execution(RecoveryId id);

    /// Copies of drills that may still exist and whose recovery was started before an instant, oldest first.
    OpenCopies openCopies(Instant startedBefore);

    /// Recoveries of this region, drills and incidents, that were started before an instant and are not closed, oldest
    /// first.
    List<RecoveryId> leftOpen(Instant startedBefore);

    /// The newest recoveries of a workload, newest first, closed and open. An entry that cannot be read counts as a
    /// drill that was not measured.
    List<Summary> history(WorkloadName workload, int most);

    /// The settings captured last from a resource, for the day its source is gone.
    Optional<Settings> lastSettings(WorkloadName workload, ResourceName resource);

    /// Copies that may still exist.
    ///
    /// @param copies those that can be looked at
    /// @param unreadable entries that cannot be read, each by its key and why
    record OpenCopies(List<OpenCopy> copies, List<String> unreadable) {
        public OpenCopies {
            copies = List.copyOf(copies);
            unreadable = List.copyOf(unreadable);
        }
    }

    /// A copy that may still exist.
    record OpenCopy(RecoveryId recovery, ResourceName resource) {}
}
