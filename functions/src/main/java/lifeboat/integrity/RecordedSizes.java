package lifeboat.integrity;

import java.util.List;
import java.util.function.BiPredicate;
import lifeboat.catalog.Check;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.RelationFile.Kind;

/// Compares how long the files of a restored copy are with what was recorded of live: a piece of the engine's own
/// verification, which cannot know it.
final class RecordedSizes {
    private static final Segment SIZES = new Segment("engine sizes");
    private static final String QUESTION = new Question.EngineSound().text();

    /// Tables of so many blocks altogether are read to tell whether they lack rows; a block has 8 kB.
    private static final long READ = 500_000;

    private final FileSizes sizes;
    private final ContentRecords records;

    RecordedSizes(FileSizes sizes, ContentRecords records) {
        this.sizes = sizes;
        this.records = records;
    }

    /// One piece where the engine's verification is asked for.
    List<Segment> plan(Subject subject) {
        return subject.live().checks().stream().anyMatch(Check.EngineCheck.class::isInstance)
                ? List.of(SIZES)
                : List.of();
    }

    boolean plans(Segment segment) {
        return segment.equals(SIZES);
    }

    /// @param rowsProven whether all rows of a table are in the copy that were recorded no earlier than an instant
    Evidence inspect(WorkloadName workload, Subject subject, BiPredicate<String, RecordedFiles> rowsProven) {
        return new Evidence(List.of(outcome(workload, subject, rowsProven)), Tally.NOTHING, List.of());
    }

    private Outcome outcome(WorkloadName workload, Subject subject, BiPredicate<String, RecordedFiles> rowsProven) {
        var recorded = records.files(workload, subject.live().name(), subject.restoredTo());
        if (recorded.isEmpty()) {
            return new Outcome.Passed(QUESTION, "sizes not compared: no record up to " + subject.restoredTo());
        }
        var copy = sizes.copy(subject);
        var shorter = FilesAsRecorded.shorter(recorded.get(), copy).stream()
                .filter(file -> file.kind() == Kind.ROWS)
                .toList();
        var beyond = sizes.beyond(subject, shorter);
        var left = new Budget();
        return FilesAsRecorded.outcome(
                QUESTION,
                recorded.get(),
                copy,
                beyond,
                file -> left.allows(blocks(file.table(), copy)) && rowsProven.test(file.table(), recorded.get()));
    }

    private static long blocks(String table, List<RelationFile> copy) {
        return copy.stream()
                .filter(file -> file.kind() == Kind.ROWS && file.table().equals(table))
                .mapToLong(RelationFile::blocks)
                .sum();
    }

    /// How much more is read.
    private static final class Budget {
        private long left = READ;

        boolean allows(long blocks) {
            left -= blocks;
            return left >= 0;
        }
    }
}
