package lifeboat.recovery;

import java.time.Duration;

/// How often a long operation is asked about: every ten seconds for the first half hour, then ever more rarely, so
/// that a restore is seen within seconds of its end and one of days stays far from the 25,000 events that the
/// history of its execution may hold. Each resource has an execution, and so a history, of its own.
///
/// @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions quotas</a>
final class Pace {
    private static final long FIRST_SECONDS = 10;
    private static final double SHARE_OF_ELAPSED = 0.005;

    private Pace() {}

    /// The next wait, in seconds.
    ///
    /// @param elapsed since the operation began
    static long waitSeconds(Duration elapsed) {
        return Math.max(FIRST_SECONDS, Math.round(elapsed.toSeconds() * SHARE_OF_ELAPSED));
    }
}
