package lifeboat.recovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lifeboat.failure.Failure;

/// Closes recoveries whose execution ended without closing them, by what the ledger holds of them: what was never done
/// is unmeasured. Nothing else would ever close them.
public final class LeftOpen {
    private final RecoveryLedger ledger;
    private final Executions executions;
    private final Closer closer;

    public LeftOpen(RecoveryLedger ledger, Executions executions, Closer closer) {
        this.ledger = ledger;
        this.executions = executions;
        this.closer = closer;
    }

    /// Looks once at every recovery that should be closed by now. An execution that is at work is left alone, and so is
    /// one that a person may still redrive: see [Sweeper#GRACE].
    ///
    /// A recovery that cannot be closed keeps no other from being closed.
    ///
    /// @param now the time of the look
    public Looked close(Instant now) {
        List<Closer.Closed> closed = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (RecoveryId id : ledger.leftOpen(now.minus(Sweeper.GRACE))) {
            try {
                if (!executions.running(ledger.execution(id).orElse(id.value()))) {
                    closed.add(closer.close(id));
                }
            } catch (RuntimeException e) { // kept for the caller, who fails with it after all others
                failures.add(new IllegalStateException("recovery %s is still open: %s".formatted(id, e), e));
            }
        }
        return new Looked(closed, failures);
    }

    /// What came of a look.
    ///
    /// @param closed the recoveries that this look closed, or found closed
    /// @param failures one for each that could not be closed, with its cause
    public record Looked(List<Closer.Closed> closed, List<RuntimeException> failures) {
        public Looked {
            closed = List.copyOf(closed);
            failures = List.copyOf(failures);
        }

        /// Fails where a recovery could not be closed.
        ///
        /// @throws IllegalStateException that names the first and carries all
        public void throwFailures() {
            if (!failures.isEmpty()) {
                var failure = new IllegalStateException("%d recoveries could not be closed, %d were: %s"
                        .formatted(failures.size(), closed.size(), Failure.text(failures.getFirst())));
                failures.forEach(failure::addSuppressed);
                throw failure;
            }
        }
    }
}
