package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.EnvironmentName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person reads before approving: every figure, and no word that is not so.
class PlanTextTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private static final TableName ORDERS = new TableName("public", "orders");
    private static final TableName ITEMS = new TableName("public", "items\n");

    @TempDir
    Path folder;

    private StructureFindings findings = StructureFindings.NONE;

    @Test
    void whereNothingDiffersItSaysEqualAndNoMore() {
        String text = text(Rules.plain(NOW), List.of(), compared(ORDERS, Map.of(), Map.of()));
        assertThat(text)
                .contains("copy  from the copy", "live  of live", "1 of 1 tables are equal")
                .contains("EQUAL: live holds what the copy holds.")
                .doesNotContain("in copy", "DIFFERENT", "INCOMPLETE", "note", "not touched");
    }

    @Test
    void partsStandApart() {
        String text = text(
                Rules.plain(NOW), List.of("a note"), compared(ORDERS, Map.of(DifferenceClass.CHANGED, 1L), Map.of()));
        assertThat(text).isEqualTo("""
                copy  from the copy
                live  of live
                selected  everything

                table          in copy  in live  missing  changed  unexpected  expected  left
                public.orders    1,000    2,000        0        1           0         0     0

                0 of 1 tables are equal

                note  a note

                DIFFERENT: a repair would write 1 rows, 0.050 % of live; under a minute of work.
                """);
    }

    @Test
    void workIsEstimatedInMinutesFromAMinuteOn() {
        assertThat(text(
                        Rules.plain(NOW),
                        List.of(),
                        compared(ORDERS, Map.of(DifferenceClass.CHANGED, 294_999L), Map.of())))
                .contains("under a minute of work");
        assertThat(text(
                        Rules.plain(NOW),
                        List.of(),
                        compared(ORDERS, Map.of(DifferenceClass.CHANGED, 295_000L), Map.of())))
                .contains("about 2 minutes of work");
    }

    @Test
    void rowsWhoseTimeExplainsNothingAreMarkedAndTheirClassIsNamed() {
        var fields = List.of(new FieldChange("v", Optional.of("a"), Optional.of("b")));
        var sample = new Difference.Sample(
                RowKey.of("1"), DifferenceClass.CHANGED, Optional.of(TimeAnomaly.STAMPED_BEFORE), fields);
        var counts = new Counts(1, 1, Map.of(), Map.of(Left.STAMPED_BEFORE, 1L));
        String text = text(
                Rules.plain(NOW), List.of(), new TableOutcome.Compared(ORDERS, counts, List.of(sample), List.of()));
        assertThat(text)
                .contains("changed     stamped-before  public.orders  1")
                .contains("note  rows \"stamped-before\" differ and stay", "name stamped-before in --classes")
                .doesNotContain("stamped-ahead");
    }

    @Test
    void explainedDifferencesAreEqualButCounted() {
        String text = text(
                Rules.plain(NOW),
                List.of(),
                compared(ORDERS, Map.of(), Map.of(Left.WRITTEN_SINCE, 1200L, Left.EXPIRED, 3L)));
        assertThat(text)
                .contains("EQUAL:", "1 of 1 tables are equal")
                .contains("not touched  1,200 rows: written after the point in time")
                .contains("not touched  3 rows: expired by time to live");
        assertThat(row(text, "public.orders")).endsWith("0  0  0  1,203  0");
    }

    @Test
    void eachTableThatDiffersIsALineOfFiguresUnderItsHeads() {
        String text = text(
                Rules.plain(NOW),
                List.of(),
                compared(
                        ORDERS,
                        Map.of(
                                DifferenceClass.MISSING_IN_LIVE,
                                11L,
                                DifferenceClass.CHANGED,
                                22L,
                                DifferenceClass.UNEXPECTED_IN_LIVE,
                                33L),
                        Map.of(Left.EXPIRED, 44L, Left.NOT_SELECTED, 55L)),
                compared(ITEMS, Map.of(), Map.of(Left.NO_TIME, 1L)),
                compared(TableName.of("same"), Map.of(), Map.of()));
        assertThat(row(text, "table"))
                .isEqualTo("in copy in live missing changed unexpected expected left"
                        .replace(" ", "  ")
                        .replace("in  ", "in "));
        assertThat(row(text, "public.orders")).isEqualTo("1,000  2,000  11  22  33  44  55");
        assertThat(row(text, "public.items\\u000a")).isEqualTo("1,000  2,000  0  0  0  0  1");
        assertThat(text)
                .contains("1 of 3 tables are equal")
                .contains("DIFFERENT: a repair would write 66 rows, 1.100 % of live; under a minute of work.")
                .doesNotContain("same  ");
        List<String> table = text.lines()
                .filter(line -> line.matches(".* (unexpected|33|0) .*"))
                .toList();
        assertThat(table.stream().map(String::length).distinct())
                .as("columns are aligned")
                .hasSize(1);
    }

    @Test
    void whatWasNotComparedMakesTheWholeIncomplete() {
        String text = text(
                Rules.plain(NOW),
                List.of(),
                compared(ORDERS, Map.of(DifferenceClass.CHANGED, 1_500_000L), Map.of()),
                new TableOutcome.NotCompared(ITEMS, TableOutcome.Why.NOT_PERMITTED, "no\u001bright"));
        assertThat(text)
                .contains("NOT COMPARED  public.items\\u000a  NOT_PERMITTED: no\\u001bright")
                .contains("INCOMPLETE: not everything could be compared. A repair would write 1,500,000 rows")
                .contains("about 6 minutes of work")
                .contains("0 of 2 tables are equal");
    }

    @Test
    void samplesShowBeforeAndAfterByClass() {
        var fields = List.of(
                new FieldChange("v", Optional.of("old"), Optional.of("new")),
                new FieldChange("n\u202e", Optional.empty(), Optional.of("x")));
        var outcome = new TableOutcome.Compared(
                ORDERS,
                Counts.NOTHING,
                List.of(
                        new Difference.Sample(RowKey.of("3"), DifferenceClass.UNEXPECTED_IN_LIVE, fields),
                        new Difference.Sample(RowKey.of("2"), DifferenceClass.CHANGED, fields),
                        new Difference.Sample(RowKey.of("1"), DifferenceClass.MISSING_IN_LIVE, fields)),
                List.of());
        assertThat(text(Rules.plain(NOW), List.of(), outcome)).contains("""
                missing     public.orders  1
                    v: "old"
                    n\\u202e: NULL
                changed     public.orders  2
                    v: "old" in the copy, "new" in live
                    n\\u202e: NULL in the copy, "x" in live
                unexpected  public.orders  3
                    v: "new"
                    n\\u202e: "x"
                """);
    }

    @Test
    void pointInTimeAndNotesAreSaid() {
        Rules rules = ExampleRules.byTime("at", NOW, NOW);
        String text = text(
                rules,
                List.of("a trigger\u0007 fires"),
                compared(ORDERS, Map.of(DifferenceClass.UNEXPECTED_IN_LIVE, 1L), Map.of()));
        assertThat(text)
                .contains("point in time  2026-11-20T03:00:00Z", "note  a trigger\\u0007 fires")
                .doesNotContain("missing rows come back", "WOULD BE DELETED");
    }

    @Test
    void whoeverBringsRowsBackOrDeletesThemIsWarned() {
        assertThat(text(
                        Rules.plain(NOW),
                        List.of(),
                        compared(ORDERS, Map.of(DifferenceClass.MISSING_IN_LIVE, 1L), Map.of())))
                .contains("note  missing rows come back")
                .doesNotContain("WOULD BE DELETED");
        assertThat(text(
                        Rules.plain(NOW),
                        List.of(),
                        compared(ORDERS, Map.of(DifferenceClass.UNEXPECTED_IN_LIVE, 1L), Map.of())))
                .contains("WOULD BE DELETED OR CHANGED BACK", "--explained-by")
                .doesNotContain("missing rows come back");
    }

    @Test
    void whatDiffersBesideTheRowsIsNeverEqualAndWhatWasNotComparedIsNamed() {
        findings = StructureFindings.notCompared(List.of("large\u0007 objects"));
        assertThat(text(Rules.plain(NOW), List.of(), compared(ORDERS, Map.of(), Map.of())))
                .contains("not compared  large\\u0007 objects")
                .contains("EQUAL: live holds what the copy holds, but for what is \"not compared\" above.");
        var sequence = new StructureDifference("sequence", "s\n", Optional.of("7\n"), Optional.empty());
        findings = new StructureFindings(List.of(sequence), List.of());
        assertThat(text(Rules.plain(NOW), List.of(), compared(ORDERS, Map.of(), Map.of())))
                .contains("STRUCTURE  sequence s\\u000a: 7\\u000a in the copy, absent in live")
                .contains("DIFFERENT: a repair would write 0 rows", "1 difference of the structure is listed above")
                .doesNotContain("EQUAL");
        findings = new StructureFindings(List.of(sequence, sequence), List.of());
        assertThat(text(Rules.plain(NOW), List.of(), compared(ORDERS, Map.of(), Map.of())))
                .contains("2 differences of the structure are listed above");
    }

    private String text(Rules rules, List<String> notes, TableOutcome... outcomes) {
        var header = new RepairPlan.Header(
                new EnvironmentName("prod"),
                new StoreIdentity("from the copy"),
                new StoreIdentity("of live"),
                NOW,
                rules,
                "s");
        return PlanText.of(
                new PlanStore(new LocalArchive(folder)).seal(header, List.of(outcomes), List.of(), findings, notes));
    }

    private static String row(String text, String table) {
        String line = text.lines()
                .filter(one -> one.startsWith(table + " "))
                .findFirst()
                .orElseThrow();
        return line.substring(table.length()).strip().replaceAll(" {2,}", "  ");
    }

    private static TableOutcome compared(TableName table, Map<DifferenceClass, Long> repair, Map<Left, Long> left) {
        return new TableOutcome.Compared(table, new Counts(1000, 2000, repair, left), List.of(), List.of());
    }
}
