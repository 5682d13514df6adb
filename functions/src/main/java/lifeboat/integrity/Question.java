package lifeboat.integrity;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Check;
import lifeboat.catalog.Resource;

/// One thing that an inspection must answer about a restored copy. Every question gets exactly one outcome, whatever
/// happened to the pieces that should have answered it.
public sealed interface Question {
    /// The check, as a person reads it; the outcomes of pieces name their question by it.
    String text();

    /// Whether a piece contributes to the answer: without its evidence the answer is inconclusive.
    boolean needs(Segment segment);

    /// Whether the answer compares the copy with live, and so needs live to be readable.
    default boolean comparesWithLive() {
        return false;
    }

    /// What each piece that it needs answers for its part, not a count over all pieces.
    sealed interface OfPieces extends Question {}

    /// Keys, tables, columns, constraints and indexes are as in live. Always asked.
    record Structure() implements OfPieces {
        @Override
        public String text() {
            return "structure as in live";
        }

        @Override
        public boolean needs(Segment segment) {
            return segment.is("structure");
        }

        @Override
        public boolean comparesWithLive() {
            return true;
        }
    }

    /// The time of the newest write can be read from the data. Asked wherever freshness is configured.
    record NewestWrite() implements Question {
        @Override
        public String text() {
            return "time of the newest write";
        }

        @Override
        public boolean needs(Segment segment) {
            return segment.is("scan") || segment.is("freshness");
        }
    }

    /// The copy holds enough items.
    ///
    /// @param atLeast the smallest number that passes
    record EnoughItems(long atLeast) implements Question {
        @Override
        public String text() {
            return "items >= " + atLeast;
        }

        @Override
        public boolean needs(Segment segment) {
            return segment.is("scan") || segment.is("content");
        }
    }

    /// A table of the copy holds enough rows.
    ///
    /// @param table as the environment file names it
    /// @param atLeast the smallest number that passes
    record EnoughRows(String table, long atLeast) implements OfPieces {
        @Override
        public String text() {
            return "rows of %s >= %d".formatted(table, atLeast);
        }

        @Override
        public boolean needs(Segment segment) {
            return segment.is("rows", table);
        }
    }

    /// A table of the copy holds about as many rows as live.
    ///
    /// @param table as the environment file names it
    /// @param percent how far the count may lie from live's, in percent of live's
    /// @param mayBeEmpty whether an empty copy may pass beside a live table with rows
    record RowsAsInLive(String table, double percent, boolean mayBeEmpty) implements OfPieces {
        @Override
        public String text() {
            return "rows of %s within %s %% of live".formatted(table, plain(percent));
        }

        @Override
        public boolean needs(Segment segment) {
            return segment.is("rows", table);
        }

        @Override
        public boolean comparesWithLive() {
            return true;
        }

        private static String plain(double percent) {
            return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
        }
    }

    /// A query on the copy gives exactly a value.
    ///
    /// @param number which of the resource's assertions, from 1
    /// @param assertion the query, and the value
    record Assertion(int number, Check.SqlAssertion assertion) implements OfPieces {
        @Override
        public String text() {
            return "%s = %s".formatted(assertion.query(), assertion.expected());
        }

        @Override
        public boolean needs(Segment segment) {
            return segment.is("sql", Integer.toString(number));
        }
    }

    /// The content is live's, but for what was written after the point in time.
    ///
    /// @param explainedBy attribute or column with the time of the last write; absent: every difference counts
    record SameAsLive(Optional<String> explainedBy) implements Question {
        @Override
        public String text() {
            return "content as in live"
                    + explainedBy.map(name -> ", explained by " + name).orElse("");
        }

        @Override
        public boolean needs(Segment segment) {
            return segment.is("content");
        }

        @Override
        public boolean comparesWithLive() {
            return true;
        }
    }

    /// The content is what was recorded of live, but for what was written between. Live itself is not read.
    ///
    /// @param explainedBy attribute or column with the time of the last write; absent: no difference is a failure
    /// @param quietFor how long the resource may go without any write
    record SameAsRecorded(Optional<String> explainedBy, Duration quietFor) implements Question {
        @Override
        public String text() {
            return "content as recorded"
                    + explainedBy.map(name -> ", explained by " + name).orElse("");
        }

        @Override
        public boolean needs(Segment segment) {
            return segment.is(RecordedContents.KIND);
        }
    }

    /// The engine finds its own files sound.
    record EngineSound() implements OfPieces {
        @Override
        public String text() {
            return "engine's own verification";
        }

        @Override
        public boolean needs(Segment segment) {
            return segment.is("engine");
        }
    }

    /// Everything to be answered about a resource: what is always asked, then the catalog's checks in their order.
    static List<Question> of(Resource resource) {
        var questions = new ArrayList<Question>();
        questions.add(new Structure());
        resource.freshness().ifPresent(freshness -> questions.add(new NewestWrite()));
        var assertions = 0;
        for (var check : resource.checks()) {
            switch (check) {
                case Check.Items(var atLeast) -> questions.add(new EnoughItems(atLeast));
                case Check.Rows rows -> questions.addAll(of(rows));
                case Check.SqlAssertion assertion -> questions.add(new Assertion(++assertions, assertion));
                case Check.MatchesLive(var explainedBy) -> questions.add(new SameAsLive(explainedBy));
                case Check.Fingerprint(var explainedBy, var quietFor) ->
                    questions.add(new SameAsRecorded(explainedBy, quietFor));
                case Check.EngineCheck() -> questions.add(new EngineSound());
            }
        }
        return List.copyOf(questions);
    }

    private static List<Question> of(Check.Rows rows) {
        var questions = new ArrayList<Question>();
        rows.atLeast().ifPresent(atLeast -> questions.add(new EnoughRows(rows.table(), atLeast)));
        rows.withinPercent()
                .ifPresent(percent -> questions.add(new RowsAsInLive(
                        rows.table(),
                        percent,
                        rows.atLeast().filter(least -> least == 0).isPresent())));
        return questions.isEmpty() ? List.of(new EnoughRows(rows.table(), 1)) : questions;
    }
}
