package lifeboat.integrity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import lifeboat.integrity.RelationFile.Kind;

/// Compares how long the files of a restored copy are with what was recorded of live, and says only what follows.
///
/// The same file may be longer later. A table may be shorter: VACUUM gives empty blocks at the end back, and blocks
/// that were added ahead of their use are in no log. Then the blocks held no row: an index that leads to every row does
/// not lead there, or every recorded row is in the copy. No operation makes an index shorter. A relation that was
/// written anew has another file, which tells nothing.
final class FilesAsRecorded {
    private static final int SHOWN = 5;

    private final RecordedFiles recorded;
    private final List<RelationFile> copy;
    private final Map<RelationFile, BeyondEnd> beyond;
    private final Predicate<RelationFile> rowsProven;
    private final List<String> damaged = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final List<String> explained = new ArrayList<>();

    private FilesAsRecorded(
            RecordedFiles recorded,
            List<RelationFile> copy,
            Map<RelationFile, BeyondEnd> beyond,
            Predicate<RelationFile> rowsProven) {
        this.recorded = recorded;
        this.copy = copy;
        this.beyond = beyond;
        this.rowsProven = rowsProven;
    }

    /// The files that are shorter than they were.
    static List<RelationFile> shorter(RecordedFiles recorded, List<RelationFile> copy) {
        return copy.stream()
                .filter(file -> before(recorded, file)
                        .filter(length -> file.blocks() < length.blocks())
                        .isPresent())
                .toList();
    }

    /// What the comparison proves.
    ///
    /// @param beyond of each file with rows that is shorter
    /// @param rowsProven whether all rows of a file's table that were recorded then or later are in the copy
    static Outcome outcome(
            String check,
            RecordedFiles recorded,
            List<RelationFile> copy,
            Map<RelationFile, BeyondEnd> beyond,
            Predicate<RelationFile> rowsProven) {
        return new FilesAsRecorded(recorded, copy, beyond, rowsProven).outcome(check);
    }

    private Outcome outcome(String check) {
        shorter(recorded, copy).forEach(this::judge);
        if (!damaged.isEmpty()) {
            return new Outcome.Failed(check, shown(damaged));
        }
        return open.isEmpty() ? new Outcome.Passed(check, seen()) : new Outcome.Inconclusive(check, shown(open));
    }

    private void judge(RelationFile file) {
        var then = before(recorded, file).orElseThrow().blocks();
        var seen = "%s has %,d blocks, %,d were recorded at %s"
                .formatted(file.name(), file.blocks(), then, recorded.until());
        if (file.kind() != Kind.ROWS) {
            index(file, then - file.blocks(), seen);
            return;
        }
        switch (beyond.getOrDefault(file, new BeyondEnd.Untold("nothing looked beyond its end"))) {
            case BeyondEnd.Rows(var what) -> damaged.add("%s: %s".formatted(seen, what));
            case BeyondEnd.Nothing(var index, var relation) ->
                rows(file, seen, isAsLong(relation), "%s may have been cut too".formatted(index));
            case BeyondEnd.Untold(var why) -> rows(file, seen, false, why);
        }
    }

    private void rows(RelationFile file, String seen, boolean told, String why) {
        if (told || rowsProven.test(file)) {
            explained.add(seen);
        } else {
            open.add(
                    "%s: emptied by VACUUM or cut, which cannot be told: %s; hint: a fresh record and the check fingerprint tell it"
                            .formatted(seen, why));
        }
    }

    private void index(RelationFile file, long lacking, String seen) {
        if (lacking > RelationFile.ADDED_AHEAD) {
            damaged.add(seen + ": no operation makes an index shorter");
        } else if (file.kind() == Kind.BTREE && rowsProven.test(file)) {
            explained.add(seen);
        } else {
            open.add(seen
                    + ": cut, or blocks that were never used; hint: REINDEX it in the copy before the copy is used");
        }
    }

    /// Whether an index is the file that was recorded, and no shorter: else it may lack what the table lacks.
    private boolean isAsLong(long relation) {
        return copy.stream()
                .filter(file -> file.relation() == relation)
                .anyMatch(file -> before(recorded, file)
                        .filter(length -> file.blocks() >= length.blocks())
                        .isPresent());
    }

    /// The same file as it was recorded; empty: it was not, or was written anew since.
    private static Optional<RecordedFiles.Length> before(RecordedFiles recorded, RelationFile file) {
        return Optional.ofNullable(recorded.files().get(file.relation()))
                .filter(length -> length.file() == file.file());
    }

    private String seen() {
        var compared =
                copy.stream().filter(file -> before(recorded, file).isPresent()).count();
        var known = copy.stream()
                .filter(file -> recorded.files().containsKey(file.relation()))
                .count();
        var seen = compared == 0
                ? "sizes not compared: no file of %s is in the copy".formatted(recorded.until())
                : "files that are as long as at %s, or longer: %,d"
                        .formatted(recorded.until(), compared - explained.size());
        return "%s; files not compared: %,d written anew since, %,d not recorded, %,d gone%s"
                .formatted(
                        seen,
                        known - compared,
                        copy.size() - known,
                        recorded.files().size() - known,
                        explained.isEmpty() ? "" : "; shorter, but without a row lost: " + shown(explained));
    }

    private static String shown(List<String> files) {
        var first = String.join("; ", files.stream().limit(SHOWN).toList());
        return files.size() <= SHOWN ? first : "%s; and %d more".formatted(first, files.size() - SHOWN);
    }
}
