package lifeboat.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.failure.Failure;

/// Removes what recoveries that never ended have left behind. It uses the same locks as the teardown.
public final class Sweeper {
    /// A drill that is younger than this may still be at work.
    public static final Duration GRACE = Duration.ofHours(6);

    private final RecoveryLedger ledger;
    private final Teardown teardown;
    private final Executions executions;

    public Sweeper(RecoveryLedger ledger, Teardown teardown, Executions executions) {
        this.ledger = ledger;
        this.teardown = teardown;
        this.executions = executions;
    }

    /// Looks once at every copy that should be gone by now; a copy that takes longer is looked at again the next time.
    ///
    /// A copy that cannot be looked at keeps no other from being removed.
    ///
    /// @param now the time of the sweep
    /// @throws IllegalStateException after all others, where some could not be looked at: each with its cause
    public List<Swept> sweep(Instant now) {
        List<Swept> swept = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        RecoveryLedger.OpenCopies all = ledger.openCopies(now.minus(GRACE));
        all.unreadable().stream().map(IllegalStateException::new).forEach(failures::add);
        for (RecoveryLedger.OpenCopy open : all.copies()) {
            try {
                sweep(open).ifPresent(swept::add);
            } catch (RuntimeException e) {
                failures.add(new IllegalStateException("%s of %s".formatted(open.resource(), open.recovery()), e));
            }
        }
        if (!failures.isEmpty()) {
            throw unswept(failures, swept);
        }
        return List.copyOf(swept);
    }

    private Optional<Swept> sweep(RecoveryLedger.OpenCopy open) {
        return atWork(open.recovery())
                ? Optional.empty()
                : Optional.of(new Swept(
                        open,
                        teardown.tearDown(open.recovery(), open.resource()).state()));
    }

    private static IllegalStateException unswept(List<RuntimeException> failures, List<Swept> swept) {
        var failure = new IllegalStateException("%d copies could not be looked at, %d were: the first is %s: %s"
                .formatted(
                        failures.size(),
                        swept.size(),
                        Failure.text(failures.getFirst()),
                        Optional.ofNullable(failures.getFirst().getCause())
                                .map(cause -> cause.getClass().getSimpleName() + ": " + Failure.text(cause))
                                .orElse("no cause")));
        failures.forEach(failure::addSuppressed);
        return failure;
    }

    private boolean atWork(RecoveryId id) {
        return ledger.find(id)
                .map(recovery -> executions.running(recovery.execution()))
                .orElse(false);
    }

    /// What became of one copy.
    ///
    /// @param copy which
    /// @param state `DELETING`, `GONE` or `KEPT`
    public record Swept(RecoveryLedger.OpenCopy copy, String state) {}
}
