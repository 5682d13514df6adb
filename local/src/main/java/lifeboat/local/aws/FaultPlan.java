package lifeboat.local.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What goes wrong between a caller and AWS, and how often: drawn from a seed, so that a run can be repeated.
///
/// A throttled or failed call stands for one on which the SDK has given up after its own retries.
public final class FaultPlan {
    private final Odds odds;
    private final RandomGenerator dice;
    private volatile boolean armed = true;

    /// How often, each between 0 and 1.
    ///
    /// @param throttle the call is refused for its rate, without effect
    /// @param serverError the call fails with status 500, without effect
    /// @param lostResponse the call takes effect, and its answer is lost
    /// @param failedRestore a restore that was accepted fails later
    /// @param lateVisibility what was just made is not found for a while
    /// @param visibleAfter how long that while is
    public record Odds(
            double throttle,
            double serverError,
            double lostResponse,
            double failedRestore,
            double lateVisibility,
            Duration visibleAfter) {
        /// Nothing goes wrong.
        public static final Odds NONE = new Odds(0, 0, 0, 0, 0, Duration.ZERO);
    }

    /// What happens to one call.
    enum Fault {
        NONE,
        THROTTLE,
        SERVER_ERROR,
        LOST_RESPONSE
    }

    private FaultPlan(Odds odds, RandomGenerator dice) {
        this.odds = odds;
        this.dice = dice;
    }

    /// A plan without faults.
    public static FaultPlan none() {
        return new FaultPlan(Odds.NONE, new SplittableRandom(0));
    }

    /// A plan drawn from a seed.
    public static FaultPlan of(Odds odds, long seed) {
        return new FaultPlan(odds, new SplittableRandom(seed));
    }

    /// Lets faults happen from now on, or no more.
    public void arm(boolean now) {
        armed = now;
    }

    synchronized Fault next() {
        if (!armed) {
            return Fault.NONE;
        }
        double drawn = dice.nextDouble();
        if (drawn < odds.throttle()) {
            return Fault.THROTTLE;
        }
        if (drawn < odds.throttle() + odds.serverError()) {
            return Fault.SERVER_ERROR;
        }
        boolean lost = drawn < odds.throttle() + odds.serverError() + odds.lostResponse();
        return lost ? Fault.LOST_RESPONSE : Fault.NONE;
    }

    synchronized Optional<String> restoreFailure() {
        return armed && dice.nextDouble() < odds.failedRestore()
                ? Optional.of("An internal error occurred; the restore was not completed.")
                : Optional.empty();
    }

    synchronized Duration visibleAfter() {
        return armed && dice.nextDouble() < odds.lateVisibility() ? odds.visibleAfter() : Duration.ZERO;
    }
}
