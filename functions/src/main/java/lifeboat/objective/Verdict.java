package lifeboat.objective;

import java.time.Duration;
import java.util.Optional;

/// What a measurement says about an objective.
public sealed interface Verdict {
    /// At most the objective.
    ///
    /// @param measured what was measured
    /// @param objective what was promised
    record Met(Duration measured, Duration objective) implements Verdict {}

    /// More than the objective, by however little.
    ///
    /// @param measured what was measured
    /// @param objective what was promised
    record Missed(Duration measured, Duration objective) implements Verdict {}

    /// Not known. It never counts as met.
    ///
    /// @param why what prevented the measurement
    record Unmeasured(String why) implements Verdict {}

    /// The verdict on a measured duration: equal to the objective is met.
    static Verdict on(Duration measured, Duration objective) {
        return measured.compareTo(objective) <= 0 ? new Met(measured, objective) : new Missed(measured, objective);
    }

    /// In one word.
    default Standing standing() {
        return switch (this) {
            case Met _ -> Standing.MET;
            case Missed _ -> Standing.MISSED;
            case Unmeasured _ -> Standing.UNMEASURED;
        };
    }

    /// What was measured, where something was.
    default Optional<Duration> measurement() {
        return switch (this) {
            case Met met -> Optional.of(met.measured());
            case Missed missed -> Optional.of(missed.measured());
            case Unmeasured _ -> Optional.empty();
        };
    }
}
