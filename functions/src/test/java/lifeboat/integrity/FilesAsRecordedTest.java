package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.RelationFile.Kind;
import org.junit.jupiter.api.Test;

/// What follows from how long the files of a copy are.
class FilesAsRecordedTest {
    private static final Instant AT = Instant.parse("2026-11-26T05:00:00Z");
    private static final RecordedFiles RECORDED =
            new RecordedFiles(Map.of(1L, new RecordedFiles.Length(11, 100), 2L, new RecordedFiles.Length(12, 200)), AT);
    private static final BeyondEnd NOTHING = new BeyondEnd.Nothing("public.t_pkey", 2);

    @Test
    void filesThatAreAsLongOrLongerPass() {
        assertThat(outcome(table(100), index(200, Kind.BTREE), NOTHING, false)).isInstanceOf(Passed.class);
        assertThat(outcome(table(101), index(201, Kind.BTREE), NOTHING, false).seen())
                .isEqualTo("files that are as long as at 2026-11-26T05:00:00Z, or longer: 2;"
                        + " files not compared: 0 written anew since, 0 not recorded, 0 gone");
    }

    @Test
    void aShorterTableFailsWhereItLostRowsWhateverElseIsProven() {
        assertThat(outcome(table(99), index(200, Kind.BTREE), new BeyondEnd.Rows("x leads to rows"), true))
                .isEqualTo(new Failed(
                        "q", "public.t has 99 blocks, 100 were recorded at 2026-11-26T05:00:00Z: x leads to rows"));
    }

    @Test
    void aShorterTablePassesWhereAnIndexThatIsAsRecordedLeadsNoFurther() {
        assertThat(outcome(table(99), index(200, Kind.BTREE), NOTHING, false)).isInstanceOf(Passed.class);
        assertThat(outcome(table(99), index(200, Kind.BTREE), NOTHING, false).seen())
                .contains("or longer: 1", "shorter, but without a row lost: public.t has 99 blocks");
    }

    @Test
    void anIndexThatMayLackTheSameTellsNothing() {
        var rewritten = new RelationFile(2, 77, 500, "public.t_pkey", "public.t", Kind.BTREE);
        var young = new RelationFile(3, 12, 500, "public.t_pkey", "public.t", Kind.BTREE);
        for (var index : List.of(index(199, Kind.BTREE), rewritten, young)) {
            var nothing = new BeyondEnd.Nothing("public.t_pkey", index.relation());
            assertThat(outcome(table(99), index, nothing, false)).isInstanceOf(Inconclusive.class);
            assertThat(outcome(table(99), index, nothing, false).seen())
                    .contains("public.t_pkey may have been cut too");
            assertThat(outcome(table(99), index, nothing, true)).isInstanceOf(Passed.class);
        }
    }

    @Test
    void aShorterTableOfWhichNothingTellsIsAGapUnlessItsRowsAreProven() {
        var untold = new BeyondEnd.Untold("it has no index");
        assertThat(outcome(table(99), index(200, Kind.BTREE), untold, false)).isInstanceOf(Inconclusive.class);
        assertThat(outcome(table(99), index(200, Kind.BTREE), untold, true)).isInstanceOf(Passed.class);
        assertThat(FilesAsRecorded.outcome("q", RECORDED, List.of(table(99)), Map.of(), _ -> false))
                .isInstanceOf(Inconclusive.class);
    }

    @Test
    void anIndexIsNeverShorterByMoreThanWasAddedAhead() {
        for (var kind : List.of(Kind.BTREE, Kind.INDEX)) {
            assertThat(outcome(table(100), index(135, kind), NOTHING, true)).isInstanceOf(Failed.class);
            assertThat(outcome(table(100), index(136, kind), NOTHING, false)).isInstanceOf(Inconclusive.class);
        }
        assertThat(outcome(table(100), index(136, Kind.BTREE), NOTHING, true)).isInstanceOf(Passed.class);
        assertThat(outcome(table(100), index(136, Kind.INDEX), NOTHING, true)).isInstanceOf(Inconclusive.class);
    }

    @Test
    void whereNoFileIsTheRecordedOneNothingIsCompared() {
        var rewritten = new RelationFile(1, 99, 1, "public.t", "public.t", Kind.ROWS);
        var young = new RelationFile(4, 14, 1, "public.u", "public.u", Kind.ROWS);
        assertThat(FilesAsRecorded.outcome("q", RECORDED, List.of(rewritten, young), Map.of(), _ -> false))
                .isEqualTo(new Passed(
                        "q",
                        "sizes not compared: no file of 2026-11-26T05:00:00Z is in the copy;"
                                + " files not compared: 1 written anew since, 1 not recorded, 1 gone"));
    }

    @Test
    void ofTooManyFilesTheLongestAreRecordedAndReadBack() {
        var measured = IntStream.rangeClosed(0, RecordedFiles.MOST)
                .mapToObj(i -> new RelationFile(i, 2L * i, i, "public.t" + i, "public.t" + i, Kind.ROWS))
                .toList();
        var recorded = RecordedFiles.of(measured, AT);
        assertThat(recorded.files()).hasSize(RecordedFiles.MOST).doesNotContainKey(0L);
        assertThat(RecordedFiles.parse(recorded.text(), AT)).isEqualTo(recorded);
    }

    private static RelationFile table(long blocks) {
        return new RelationFile(1, 11, blocks, "public.t", "public.t", Kind.ROWS);
    }

    private static RelationFile index(long blocks, Kind kind) {
        return new RelationFile(2, 12, blocks, "public.t_pkey", "public.t", kind);
    }

    private static Outcome outcome(RelationFile table, RelationFile index, BeyondEnd beyond, boolean rowsProven) {
        return FilesAsRecorded.outcome("q", RECORDED, List.of(table, index), Map.of(table, beyond), _ -> rowsProven);
    }
}
