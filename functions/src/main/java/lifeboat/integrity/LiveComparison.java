package lifeboat.integrity;

import java.util.List;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;

/// What a comparison with live proves, by how far live can be trusted.
public final class LiveComparison {
    static final String NOT_READABLE = "live cannot be read, so there is nothing to compare with";

    private LiveComparison() {}

    /// The outcome of a comparison: equal or not proves something only against live that can be trusted.
    public static Outcome outcome(Question question, Subject.LiveTrust trust, boolean asInLive, String seen) {
        return switch (trust) {
            case TRUSTED -> asInLive ? new Passed(question.text(), seen) : new Failed(question.text(), seen);
            case SUSPECT -> new Observed(question.text(), seen + "; live itself is suspect");
            case ABSENT -> new Observed(question.text(), NOT_READABLE);
        };
    }

    /// What differences between the structures prove.
    ///
    /// @param differences one a line, as a person reads them
    public static Outcome structure(Subject.LiveTrust trust, List<String> differences, String same) {
        var question = new Question.Structure();
        return differences.isEmpty() && trust == Subject.LiveTrust.SUSPECT
                ? new Passed(question.text(), same)
                : outcome(question, trust, differences.isEmpty(), differences.isEmpty() ? same : first(differences));
    }

    private static String first(List<String> differences) {
        var shown = String.join("; ", differences.subList(0, Math.min(5, differences.size())));
        return differences.size() <= 5 ? shown : "%s; and %d more".formatted(shown, differences.size() - 5);
    }

    /// Rows that only the copy holds speak neither for it nor against it where a time of last write explains
    /// differences: they may have been deleted in live since, and a delete leaves no time.
    static Outcome content(Question.SameAsLive question, Subject.LiveTrust trust, Tally tally) {
        var onlyMissing = tally.missingInLive() > 0 && tally.differences() == tally.missingInLive();
        if (trust == Subject.LiveTrust.TRUSTED
                && onlyMissing
                && question.explainedBy().isPresent()) {
            return new Observed(
                    question.text(), described(tally) + "; what is missing may have been deleted in live since");
        }
        return outcome(question, trust, tally.differences() == 0, described(tally));
    }

    private static String described(Tally tally) {
        return "%,d compared with %,d in live: %,d missing in live, %,d changed, %,d unexpected in live, %,d explained"
                .formatted(
                        tally.copyRows(),
                        tally.liveRows(),
                        tally.missingInLive(),
                        tally.changed(),
                        tally.unexpectedInLive(),
                        tally.explained());
    }
}
