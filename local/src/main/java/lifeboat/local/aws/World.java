package lifeboat.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// What all stand-ins of one run share.
///
/// @param account who they say they are
/// @param clock their time
/// @param timings how long things take
/// @param faults what goes wrong
/// @param judge who judges the requests
/// @param workers carry out what takes longer than a call
public record World(
        Account account, InstantSource clock, Timings timings, FaultPlan faults, Judge judge, Executor workers) {
    Instant now() {
        return clock.instant();
    }

    <T> Undertaking<T> undertake(Duration atLeast, Supplier<T> work) {
        return Undertaking.start(clock, atLeast, workers, work);
    }
}
