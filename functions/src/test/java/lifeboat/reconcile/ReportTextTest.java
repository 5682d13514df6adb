package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RepairReport.Verification;
import org.junit.jupiter.api.Test;

/// What a person and a machine are told at the end of a repair.
class ReportTextTest {
    private static final PlanId PLAN = new PlanId("a".repeat(32));
    private static final TableName ORDERS = new TableName("public", "orders");
    private static final TableName ITEMS = new TableName("public", "items");

    @Test
    void aRepairThatSkippedNothingIsDone() {
        String text = ReportText.of(report(0, new Verification.Verified(30, 0)), "repaired");
        assertThat(text)
                .contains("public.items  1,200 repaired", "public.orders  20 repaired", "0 skipped")
                .contains("verified: 30 rows are what the plan wanted, 0 were skipped")
                .contains("sequence s moved to 7")
                .endsWith("DONE.\n");
        assertThat(text.indexOf("items")).isLessThan(text.indexOf("orders"));
    }

    @Test
    void skippedRowsAreNamedTenATableAndTheEndSaysSo() {
        String text = ReportText.of(report(12, new Verification.Verified(30, 12)), "repaired");
        assertThat(text)
                .contains("12 skipped", "skipped 0: ", "skipped 9: ", Why.LOCKED.text())
                .doesNotContain("skipped 10: ")
                .contains("verified: 18 rows are what the plan wanted, 12 were skipped")
                .contains("DONE, BUT FOR THE SKIPPED ROWS");
    }

    @Test
    void rowsThatDifferAfterwardsAreNeverVerified() {
        String text =
                ReportText.of(report(0, new Verification.Differs(30, 2, List.of(RowKey.of("7", "8")))), "repaired");
        assertThat(text).contains("NOT VERIFIED: 2 of 30 rows", "7, 8").doesNotContain("verified:");
        assertThat(text.lines().toList().getLast())
                .isEqualTo("DONE, BUT NOT VERIFIED: compare again to see where the rows stand.");
    }

    @Test
    void machinesReadTheSame() {
        JsonNode json = ReportText.json(report(3, new Verification.Verified(30, 3)));
        assertThat(json.path("plan").asText()).isEqualTo(PLAN.value());
        JsonNode items = json.path("tables").path(0);
        assertThat(items.path("schema").asText()).isEqualTo("public");
        assertThat(items.path("table").asText()).isEqualTo("items");
        assertThat(items.path("written").asLong()).isEqualTo(1200);
        JsonNode orders = json.path("tables").path(1);
        assertThat(orders.path("alreadyDone").asLong()).isEqualTo(10);
        assertThat(orders.path("LOCKED").asLong()).isEqualTo(3);
        assertThat(orders.path("skipped").path(2).path("why").asText()).isEqualTo("LOCKED");
        assertThat(orders.path("skipped").path(2).path("key").path(0).asText()).isEqualTo("2");
        assertThat(json.path("settled").path(0).asText()).isEqualTo("sequence s moved to 7");
        assertThat(json.path("verification").asText()).startsWith("verified: 27 rows");
        assertThat(ReportText.json(report(0, new Verification.NotAsked()))
                        .path("verification")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void entriesThatWereNotUndoneAreNamedByNumberAndTenOfTheirRows() {
        List<RowKey> keys =
                IntStream.range(0, 12).mapToObj(i -> RowKey.of("k" + i, "x")).toList();
        RepairReport report = left(
                new LeftEntry(3, Optional.of(ORDERS), 1200, keys, "nobody knows"),
                LeftEntry.unreadable(9, "it was cut"));
        assertThat(ReportText.of(report, "undone"))
                .contains("entry 3, public.orders, 1,200 rows: nobody knows\n    not undone k0, x\n")
                .contains("not undone k9, x", "entry 9: it was cut")
                .doesNotContain("not undone k10")
                .endsWith("to undo them too, name them: entries 3.\n");
        JsonNode entries = ReportText.json(report).path("left");
        assertThat(entries.path(0).toString())
                .startsWith(
                        "{\"entry\":3,\"schema\":\"public\",\"table\":\"orders\",\"rows\":1200,\"why\":\"nobody knows\",\"keys\":[[\"k0\",\"x\"],[\"k1\"");
        assertThat(entries.path(0).path("keys")).hasSize(12);
        assertThat(entries.path(1).toString()).isEqualTo("{\"entry\":9,\"rows\":0,\"why\":\"it was cut\",\"keys\":[]}");
        assertThat(ReportText.of(left(LeftEntry.unreadable(9, "it was cut")), "undone"))
                .endsWith("DONE, BUT FOR ENTRIES OF THE UNDO LOG THAT CANNOT BE READ: find out what became of them.\n");
        assertThat(report.whole()).isFalse();
        assertThat(left().whole()).isTrue();
    }

    @Test
    void whatMayNotBeShownIsCounted() {
        RepairReport report =
                left(new LeftEntry(3, Optional.of(ORDERS), 1, List.of(RowKey.of("secret")), "nobody knows"));
        assertThat(ReportText.of(report, "undone", Disclosure.COUNTS))
                .contains("entry 3")
                .doesNotContain("secret");
        var differs = new Verification.Differs(30, 2, List.of(RowKey.of("secret")));
        assertThat(ReportText.of(report(3, differs), "repaired", Disclosure.COUNTS))
                .contains("2 of 30 rows", "3 skipped")
                .doesNotContain("secret", "skipped 0");
    }

    private static RepairReport left(LeftEntry... entries) {
        return new RepairReport(PLAN, Map.of(), List.of(), new Verification.NotAsked(), List.of(entries));
    }

    @Test
    void outcomesAndCountsAddUp() {
        BatchOutcome total = report(3, new Verification.NotAsked()).total();
        assertThat(total.written()).isEqualTo(1220);
        assertThat(total.alreadyDone()).isEqualTo(15);
        assertThat(total.skipped()).hasSize(3);
        Counts one = new Counts(1, 2, Map.of(DifferenceClass.CHANGED, 3L), Map.of(Left.EXPIRED, 4L, Left.NO_TIME, 5L));
        Counts other = new Counts(
                10,
                20,
                Map.of(DifferenceClass.CHANGED, 30L, DifferenceClass.MISSING_IN_LIVE, 7L),
                Map.of(Left.EXPIRED, 40L, Left.NOT_SELECTED, 50L));
        Counts both = one.plus(other);
        assertThat(both)
                .isEqualTo(new Counts(
                        11,
                        22,
                        Map.of(DifferenceClass.CHANGED, 33L, DifferenceClass.MISSING_IN_LIVE, 7L),
                        Map.of(Left.EXPIRED, 44L, Left.NO_TIME, 5L, Left.NOT_SELECTED, 50L)));
        assertThat(both.repairs()).isEqualTo(40);
        assertThat(both.expected()).isEqualTo(44);
        assertThat(both.unexplained()).isEqualTo(95);
    }

    private static RepairReport report(int skipped, Verification verification) {
        List<Skipped> rows = new ArrayList<>(IntStream.range(0, skipped)
                .mapToObj(i -> new Skipped(RowKey.of("" + i), Why.LOCKED))
                .toList());
        return new RepairReport(
                PLAN,
                Map.of(ORDERS, new BatchOutcome(20, 10, rows), ITEMS, new BatchOutcome(1200, 5, List.of())),
                List.of("sequence s moved to 7"),
                verification);
    }
}
