package lifeboat.recovery;

import java.util.List;
import java.util.stream.Stream;
import lifeboat.objective.Assessment;
import lifeboat.objective.ResourceResult;
import lifeboat.objective.Timeline;

/// Judges a recovery by what the ledger holds of it. Judging again gives the same result.
public final class Assessor {
    private final RecoveryLedger ledger;
    private final boolean liveAbsent;

    /// Judges recoveries of one region.
    ///
    /// @param liveAbsent whether live cannot be read from here, because its region may be lost
    public Assessor(RecoveryLedger ledger, boolean liveAbsent) {
        this.ledger = ledger;
        this.liveAbsent = liveAbsent;
    }

    /// The result of a recovery, whatever became of its copies.
    ///
    /// @throws lifeboat.catalog.Invalid where the ledger has no such recovery
    public Judged judge(RecoveryId id) {
        Recovery recovery = ledger.find(id).orElseThrow(() -> Entry.unknown(id));
        List<CopyResult> results = recovery.copies().stream()
                .map(copy -> CopyResult.of(
                        recovery,
                        copy,
                        ledger.evidence(id, copy.copy().source().name()),
                        liveAbsent,
                        recovery.objectives()))
                .toList();
        Stream<ResourceResult> unplanned = recovery.unplanned().stream().map(one -> unplanned(recovery, one));
        return new Judged(
                recovery,
                new Assessment(
                        recovery.objectives(),
                        Stream.concat(results.stream().map(CopyResult::result), unplanned)
                                .toList()),
                results);
    }

    private static ResourceResult unplanned(Recovery recovery, Unplanned one) {
        return ResourceResult.unplanned(
                one.resource(),
                Timeline.begun(recovery.incidentAt(), recovery.startedAt()),
                one.why(),
                recovery.objectives());
    }

    /// A recovery with its result.
    ///
    /// @param recovery as the ledger has it
    /// @param assessment the verdicts
    /// @param copies what was found in each copy
    public record Judged(Recovery recovery, Assessment assessment, List<CopyResult> copies) {
        public Judged {
            copies = List.copyOf(copies);
        }
    }
}
