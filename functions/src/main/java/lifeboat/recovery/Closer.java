package lifeboat.recovery;

import java.time.Instant;
import java.time.InstantSource;

/// Ends a recovery: writes its result into the ledger and has it told, once.
public final class Closer {
    private final Assessor assessor;
    private final RecoveryLedger ledger;
    private final Results results;
    private final VerdictArchive archive;
    private final InstantSource clock;

    public Closer(
            Assessor assessor, RecoveryLedger ledger, Results results, VerdictArchive archive, InstantSource clock) {
        this.assessor = assessor;
        this.ledger = ledger;
        this.results = results;
        this.archive = archive;
        this.clock = clock;
    }

    /// Closes a recovery. It is told before it is closed: told twice is better than not at all.
    ///
    /// @return the result, the same however often it is asked for
    public Closed close(RecoveryId id) {
        Assessor.Judged judged = assessor.judge(id);
        Instant at = clock.instant();
        if (judged.recovery().closedAt().isEmpty()) {
            results.closed(judged, at);
        }
        // closed again even if it is, because closing also lets the same request run again
        boolean now = ledger.close(id, judged.assessment(), at);
        // what the ledger holds is kept, not what was judged just now: the first verdict counts
        ledger.closed(id).ifPresent(verdict -> archive.keep(id, verdict));
        return new Closed(judged, now);
    }

    /// A recovery that has ended.
    ///
    /// @param judged with its result
    /// @param now whether this call closed it
    public record Closed(Assessor.Judged judged, boolean now) {}
}
