package lifeboat.integrity;

import java.time.Duration;
import java.time.Instant;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Passed;

/// Whether the times of last write in a copy can carry a data loss.
final class NewestWrites {
    /// How far the clocks of those who write may run ahead of the clock of the store.
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private NewestWrites() {}

    static Outcome readable(Question question, Subject subject, Tally tally) {
        if (tally.unreadableTimes() > 0) {
            return new Inconclusive(
                    question.text(), "%,d times of last write cannot be read".formatted(tally.unreadableTimes()));
        }
        return tally.newestInCopy()
                .map(newest -> plausible(question, subject, newest))
                .orElseGet(() -> new Inconclusive(question.text(), "the copy holds no time of last write"));
    }

    private static Outcome plausible(Question question, Subject subject, Instant newest) {
        var latest = later(subject.restoredTo(), subject.incidentAt());
        return newest.isAfter(latest.plus(CLOCKS))
                ? new Inconclusive(
                        question.text(),
                        "%s lies after both the point in time and the incident, so it is no time of a write"
                                .formatted(newest))
                : new Passed(question.text(), newest.toString());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
