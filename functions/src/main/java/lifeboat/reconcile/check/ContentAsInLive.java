package lifeboat.reconcile.check;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.integrity.ContentComparison;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Question;
import lifeboat.integrity.RowCount;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.reconcile.ChangedOnBothSides;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.sql.StoreFailed;

/// Compares the content of a restored copy with live's, by the one comparison that repairs rest on, and counts what
/// differs.
public final class ContentAsInLive implements ContentComparison {
    /// What a piece of this kind is called; after it stands the label that the comparison gave it.
    private static final String KIND = "content";

    private static final Segment NOT_PLANNED = Segment.of(KIND, "(not planned)");

    /// So many labels fit the state of one execution.
    private static final int MOST_PIECES = 1_000;

    private final CopyBesideLive sides;
    private final InstantSource clock;

    /// @param sides opens the copy and live
    /// @param clock says which rows have expired, and which times cannot have come
    public ContentAsInLive(CopyBesideLive sides, InstantSource clock) {
        this.sides = sides;
        this.clock = clock;
    }

    /// A copy and its live resource, side by side.
    @FunctionalInterface
    public interface CopyBesideLive {
        /// Opens both for reading.
        ///
        /// @param explainedBy column or attribute with the time of the last write; empty: none
        Comparison open(Subject subject, Optional<String> explainedBy);
    }

    /// Where it cannot be planned, one piece stands for all, and says why when it is its turn: the other checks run.
    @Override
    public List<Segment> plan(Subject subject) {
        if (question(subject).isEmpty() || subject.trust() == Subject.LiveTrust.ABSENT) {
            return List.of();
        }
        try {
            return pieces(subject);
        } catch (Invalid | StoreFailed said) {
            return List.of(NOT_PLANNED);
        }
    }

    private List<Segment> pieces(Subject subject) {
        try (Comparison comparison = open(subject)) {
            List<Segment> pieces = comparison.segments();
            if (pieces.size() > MOST_PIECES) {
                throw new Invalid(
                        "LB-475",
                        "comparing \"%s\" with live would take %,d pieces; at most %,d are allowed. hint: use the check fingerprint"
                                .formatted(subject.live().name(), pieces.size(), MOST_PIECES));
            }
            return pieces.stream().map(piece -> Segment.of(KIND, piece.label())).toList();
        }
    }

    @Override
    public Evidence compare(Subject subject, Segment segment) {
        if (segment.equals(NOT_PLANNED)) {
            throw new Invalid(
                    "LB-477",
                    "the comparison of \"%s\" with live could not be planned, though it can now, in %,d pieces. hint: start another recovery"
                            .formatted(subject.live().name(), pieces(subject).size()));
        }
        RowCount count = new RowCount(subject);
        DifferenceCount differences =
                new DifferenceCount(subject, rules(subject, question(subject).orElseThrow()), count);
        List<TableOutcome.NotCompared> gaps = new ArrayList<>();
        try (Comparison comparison = open(subject)) {
            for (TableOutcome found : comparison.compare(new Segment(segment.subject()), differences::take)) {
                switch (found) {
                    case TableOutcome.Compared compared -> {
                        count.copyRows(compared.counts().copyRows());
                        count.liveRows(compared.counts().liveRows());
                    }
                    case TableOutcome.NotCompared not -> gaps.add(not);
                }
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Question.SameAsLive question : asked(subject)) {
            gaps.forEach(gap -> outcomes.add(notCompared(question, subject, gap)));
            outcomes.addAll(differences.outcomes(question));
        }
        return count.evidence(outcomes.toArray(Outcome[]::new));
    }

    /// A table that one side lacks speaks against a copy of live that can be trusted. All else was not looked at.
    private static Outcome notCompared(Question.SameAsLive question, Subject subject, TableOutcome.NotCompared not) {
        String seen = "%s not compared, %s: %s".formatted(not.table(), not.why(), not.detail());
        boolean lacking = not.why() == TableOutcome.Why.ONLY_IN_LIVE || not.why() == TableOutcome.Why.ONLY_IN_COPY;
        return switch (subject.trust()) {
            case TRUSTED ->
                lacking ? new Outcome.Failed(question.text(), seen) : new Outcome.Inconclusive(question.text(), seen);
            case SUSPECT, ABSENT -> new Outcome.Observed(question.text(), seen);
        };
    }

    private Rules rules(Subject subject, Question.SameAsLive question) {
        return new Rules(
                Optional.of(subject.restoredTo()),
                clock.instant(),
                Rules.DEFAULT_GRACE,
                question.explainedBy(),
                false,
                List.of(),
                Selection.ALL,
                ChangedOnBothSides.KEEP_LIVE);
    }

    private Comparison open(Subject subject) {
        Optional<String> explainedBy = question(subject).flatMap(Question.SameAsLive::explainedBy);
        Comparison comparison = sides.open(subject, explainedBy);
        if (explainedBy.isPresent() && !comparison.tellsTimes()) {
            comparison.close();
            throw new Invalid(
                    "LB-476",
                    "explainedBy \"%s\": no table has such a column that can be compared".formatted(explainedBy.get()));
        }
        return comparison;
    }

    /// What is asked, where it is asked at all; nothing explains differences where two checks disagree on it.
    private static Optional<Question.SameAsLive> question(Subject subject) {
        List<Question.SameAsLive> asked = asked(subject);
        return asked.size() > 1
                ? Optional.of(new Question.SameAsLive(Optional.empty()))
                : asked.stream().findFirst();
    }

    private static List<Question.SameAsLive> asked(Subject subject) {
        return Question.of(subject.live()).stream()
                .filter(Question.SameAsLive.class::isInstance)
                .map(Question.SameAsLive.class::cast)
                .distinct()
                .toList();
    }
}
