package lifeboat.integrity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Tally.Kind;

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

    /// What all rows together prove, table by table.
    ///
    /// Equal rows prove the copy; what was written since is explained, and proves nothing. A row that only the copy
    /// holds may have been deleted in live since, which leaves no trace, or never have been there: a gap.
    ///
    /// @param tables what was counted, by the name of the table
    static Outcome content(Question.SameAsLive question, Subject.LiveTrust trust, Map<String, Tally> tables) {
        var all = tables.values().stream().reduce(Tally.NOTHING, Tally::plus);
        var seen = described(all);
        if (trust != Subject.LiveTrust.TRUSTED) {
            return outcome(question, trust, false, seen);
        }
        var onlyMissing = all.differences() == all.count(Kind.MISSING_IN_LIVE);
        if (all.differences() > 0 && !(onlyMissing && question.explainedBy().isPresent())) {
            return new Failed(question.text(), seen);
        }
        var gap = gap(all, tables);
        return gap.isEmpty()
                ? new Passed(question.text(), seen)
                : new Inconclusive(question.text(), seen + "; " + gap.get());
    }

    private static Optional<String> gap(Tally all, Map<String, Tally> tables) {
        if (all.count(Kind.MISSING_IN_LIVE) > 0) {
            return Optional.of("rows that only the copy holds may have been deleted in live since, or be wrong");
        }
        if (all.count(Kind.COPY_ROWS) + all.count(Kind.LIVE_ROWS) == 0) {
            return Optional.of("there were no rows to compare");
        }
        return tables.entrySet().stream()
                .filter(table -> table.getValue().count(Kind.EXPLAINED) > equal(table.getValue()))
                .map(table -> "%s: %,d rows explained, at least %,d equal: too few to prove it"
                        .formatted(table.getKey(), table.getValue().count(Kind.EXPLAINED), equal(table.getValue())))
                .findFirst();
    }

    /// How many rows of the copy live holds as they are, at the least: a row that expired and one that was written
    /// since are told apart by the number of rows of both sides.
    private static long equal(Tally table) {
        var copyRows = table.count(Kind.COPY_ROWS);
        var missing = table.count(Kind.MISSING_IN_LIVE);
        var added = table.count(Kind.LIVE_ROWS) - copyRows - table.count(Kind.UNEXPECTED_IN_LIVE) + missing;
        var inCopy = table.count(Kind.EXPLAINED) - Math.max(0, added);
        return Math.max(0, copyRows - missing - table.count(Kind.CHANGED) - inCopy);
    }

    /// The table that a piece is of: pieces of one table differ in the range of keys, or of the scan.
    static String table(Segment piece) {
        var label = piece.subject();
        var keys = label.lastIndexOf(" keys ");
        return label.startsWith("scan ") ? "items" : keys < 0 ? label : label.substring(0, keys);
    }

    private static String described(Tally tally) {
        return "%,d compared with %,d in live: %,d missing in live, %,d changed, %,d unexpected in live, %,d explained"
                .formatted(
                        tally.count(Kind.COPY_ROWS),
                        tally.count(Kind.LIVE_ROWS),
                        tally.count(Kind.MISSING_IN_LIVE),
                        tally.count(Kind.CHANGED),
                        tally.count(Kind.UNEXPECTED_IN_LIVE),
                        tally.count(Kind.EXPLAINED));
    }
}
