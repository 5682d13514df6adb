package lifeboat.integrity;

import java.time.Duration;
import java.time.Instant;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Tally.Kind;

/// Whether the times of last write in a copy can carry a data loss.
final class NewestWrites {
    /// How far the clocks of those who write may run ahead of the clock of the store.
    static final Duration CLOCKS = Duration.ofMinutes(1);

    private NewestWrites() {}

    static Outcome readable(Question question, Subject subject, Tally tally) {
        if (tally.count(Kind.UNREADABLE_TIMES) > 0) {
            return new Inconclusive(
                    question.text(),
                    "%,d times of last write cannot be read".formatted(tally.count(Kind.UNREADABLE_TIMES)));
        }
        if (tally.count(Kind.AFTER_POINT) > 0) {
            return impossible(question, subject, tally);
        }
        if (tally.count(Kind.LOST_BEFORE_POINT) > 0 && subject.trust() == Subject.LiveTrust.TRUSTED) {
            return lacking(question, subject, tally);
        }
        return tally.newestInCopy()
                .map(newest -> plausible(question, subject, newest))
                .orElseGet(() -> new Inconclusive(question.text(), "the copy holds no time of last write"));
    }

    /// A copy holds nothing that was written after its point in time. Only of a backup the moment is not known so well:
    /// all that is known is when it was started.
    private static Outcome impossible(Question question, Subject subject, Tally tally) {
        var seen = "%,d rows of the copy say that they were written after its point in time %s, the newest at %s"
                .formatted(
                        tally.count(Kind.AFTER_POINT),
                        subject.restoredTo(),
                        tally.newestInCopy().map(Instant::toString).orElse("an unknown time"));
        return subject.exact()
                ? new Failed(question.text(), seen)
                : new Inconclusive(question.text(), seen + ", which is when its backup was started");
    }

    /// The newest write alone would hide what older rows say.
    private static Outcome lacking(Question question, Subject subject, Tally tally) {
        return new Inconclusive(
                question.text(),
                "%,d rows of live were last written before the point in time %s, and the copy does not hold them so: lost, or committed later than they were stamped"
                        .formatted(tally.count(Kind.LOST_BEFORE_POINT), subject.restoredTo()));
    }

    private static Outcome plausible(Question question, Subject subject, Instant newest) {
        return newest.isAfter(subject.restoredTo().plus(CLOCKS))
                ? new Inconclusive(
                        question.text(),
                        "%s lies after the point in time, in live too, so it is no time of a write".formatted(newest))
                : new Passed(question.text(), newest.toString());
    }
}
