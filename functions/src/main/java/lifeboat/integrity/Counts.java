package lifeboat.integrity;

import java.math.BigDecimal;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Passed;

/// What numbers of rows and items prove.
public final class Counts {
    private Counts() {}

    /// Whether a copy holds enough rows. Live plays no part in it.
    ///
    /// @param unit what is counted, for the person who reads it: `rows`
    public static Outcome enough(Question question, String unit, long copy, long atLeast) {
        var seen = "%,d %s".formatted(copy, unit);
        return copy >= atLeast ? new Passed(question.text(), seen) : new Failed(question.text(), seen);
    }

    /// Whether a copy holds about as many rows as live, exactly up to the percentage.
    ///
    /// An empty copy of a table that is not empty in live is never near.
    public static Outcome near(Question.RowsAsInLive question, Subject.LiveTrust trust, long copy, long live) {
        var distance = BigDecimal.valueOf(Math.abs(copy - live)).movePointRight(2);
        var allowed = BigDecimal.valueOf(question.percent()).multiply(BigDecimal.valueOf(live));
        var emptied = copy == 0 && live > 0 && !question.mayBeEmpty();
        var seen = "%,d rows, live %,d%s".formatted(copy, live, emptied ? ": the copy is empty" : "");
        return LiveComparison.outcome(question, trust, distance.compareTo(allowed) <= 0 && !emptied, seen);
    }
}
