package lifeboat.reconcile.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Question;
import lifeboat.integrity.RowCount;
import lifeboat.integrity.Subject;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.Left;
import lifeboat.reconcile.Rules;

/// Counts differences as they come: those that are expected, those that nothing explains, and those that a sound copy
/// cannot show. Of equal rows in a table without a key, the one side has more than the other.
final class DifferenceCount {
    /// How far the clocks of those who write may run ahead of the clock of the store.
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final Subject subject;
    private final Rules rules;
    private final RowCount count;
    private long afterPoint;
    private long stampedBefore;

    DifferenceCount(Subject subject, Rules rules, RowCount count) {
        this.subject = subject;
        this.rules = rules;
        this.count = count;
    }

    void take(Difference difference) {
        Optional<Left> why = rules.leaves(difference);
        boolean unsure =
                !subject.exact() && why.filter(Left.STAMPED_BEFORE::equals).isPresent();
        boolean explained = unsure || why.filter(Left::expected).isPresent();
        long inCopy = difference.inCopy().map(Image::copies).orElse(0L);
        long inLive = difference.inLive().map(Image::copies).orElse(0L);
        String key = difference.table() + " " + difference.key().parts();
        if (inCopy == inLive) {
            count.changed(explained, inCopy, key);
        } else if (inCopy > inLive) {
            count.missingInLive(explained, inCopy - inLive, key);
        } else {
            count.unexpectedInLive(explained, inLive - inCopy, key);
        }
        long rows = Math.max(inCopy, inLive);
        stampedBefore += unsure ? rows : 0;
        afterPoint += difference
                        .inCopy()
                        .flatMap(Image::writtenAt)
                        .filter(this::isAfterPoint)
                        .isPresent()
                ? rows
                : 0;
    }

    /// What these rows say by themselves, whatever the others are.
    List<Outcome> outcomes(Question.SameAsLive question) {
        List<Outcome> outcomes = new ArrayList<>();
        if (afterPoint > 0) {
            String seen =
                    "%,d rows that differ from live say in the copy that they were written after its point in time %s"
                            .formatted(afterPoint, subject.restoredTo());
            outcomes.add(
                    subject.exact()
                            ? new Outcome.Failed(question.text(), seen)
                            : new Outcome.Inconclusive(
                                    question.text(), seen + ", which is when its backup was started"));
        }
        if (stampedBefore > 0) {
            outcomes.add(new Outcome.Inconclusive(
                    question.text(),
                    "%,d rows of live were written before %s, when the backup was started, and are not in the copy"
                            .formatted(stampedBefore, subject.restoredTo())));
        }
        return outcomes;
    }

    private boolean isAfterPoint(Instant at) {
        return at.isAfter(subject.restoredTo().plus(CLOCKS));
    }
}
