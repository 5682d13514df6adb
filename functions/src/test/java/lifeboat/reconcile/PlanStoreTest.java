package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.EnvironmentName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plan is what was approved, or it is refused.
class PlanStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private static final TableName ORDERS = new TableName("public", "odd \"name\"\n😀");

    private static final StructureFindings FINDINGS = new StructureFindings(
            List.of(new StructureDifference("sequence", "public.s", Optional.of("at 900"), Optional.empty())),
            List.of("grants"));

    @TempDir
    Path folder;

    private LocalArchive archive;
    private PlanStore store;
    private RepairPlan plan;

    @BeforeEach
    void sealOne() {
        archive = new LocalArchive(folder);
        store = new PlanStore(archive);
        var chunks = new ChunkWriter(archive, "drafts/x");
        for (int i = 0; i < 250; i++) {
            Image copy = Image.of("c" + i);
            chunks.add(new Difference.Changed(ORDERS, RowKey.of("k\"\n" + i, "2"), copy, Image.of("l" + i)));
        }
        Counts counts = new Counts(1000, 1000, Map.of(DifferenceClass.CHANGED, 250L), Map.of(Left.EXPIRED, 3L));
        var sample = new Difference.Sample(
                RowKey.of("k"),
                DifferenceClass.CHANGED,
                List.of(new FieldChange("v", Optional.empty(), Optional.of("\u0001"))));
        var header = new RepairPlan.Header(
                new EnvironmentName("prod"),
                new StoreIdentity("copy"),
                new StoreIdentity("live"),
                NOW,
                Rules.plain(NOW),
                "structure");
        List<TableOutcome> tables = List.of(
                new TableOutcome.Compared(ORDERS, counts, List.of(sample), List.of("a rule")),
                new TableOutcome.NotCompared(TableName.of("t"), TableOutcome.Why.UNREADABLE, "why"));
        plan = store.seal(header, tables, chunks.done(), FINDINGS, List.of("a note"));
    }

    @Test
    void aPlanIsReadBackAsItWasSealed() throws Refused {
        assertThat(store.plan(plan.id())).isEqualTo(plan);
        List<PlannedRow> rows = new ArrayList<>();
        store.rows(plan.id(), plan.chunks().getFirst(), 100, rows::addAll);
        assertThat(rows).hasSize(250);
        assertThat(rows.get(7))
                .isEqualTo(new PlannedRow(RowKey.of("k\"\n7", "2"), Optional.of("c7"), 1, Optional.of("l7"), 1));
    }

    @Test
    void aChangedPlanIsRefused() throws IOException {
        Path file = folder.resolve("plans/" + plan.id() + "/plan.json");
        Files.writeString(file, Files.readString(file).replace("\"live\" : \"live\"", "\"live\" : \"other\""));
        assertThatThrownBy(() -> store.plan(plan.id()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("LB-414");
        Files.writeString(file, "{");
        assertThatThrownBy(() -> store.plan(plan.id()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("LB-414");
    }

    @Test
    void aChangedOrMissingChunkIsRefusedBeforeAnyRowIsHandedOver() throws IOException {
        Path file = folder.resolve(plan.chunks().getFirst().name());
        Files.writeString(file, Files.readString(file).replace("\"l249\"", "\"l248\""));
        assertThatThrownBy(() -> store.check(plan)).hasMessageContaining("LB-414");
        assertThatThrownBy(() -> store.rows(plan.id(), plan.chunks().getFirst(), 1, rows -> {
                    throw new AssertionError("handed over");
                }))
                .hasMessageContaining("LB-414");
        Files.delete(file);
        assertThatThrownBy(() -> store.check(plan)).hasMessageContaining("LB-414");
    }

    @Test
    void anUnknownPlanIsRefused() {
        assertThatThrownBy(() -> store.plan(new PlanId("0".repeat(32)))).hasMessageContaining("LB-413");
    }

    @Test
    void aPlanOfAnotherEnvironmentOrTooOldIsRefused() {
        EnvironmentName prod = new EnvironmentName("prod");
        Duration day = Duration.ofDays(1);
        assertThat(plan.refuses(prod, NOW.plus(day), day)).isEmpty();
        assertThat(plan.refuses(prod, NOW.plus(day).plusMillis(1), day))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo("LB-412"));
        assertThat(plan.refuses(new EnvironmentName("test"), NOW, day))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo("LB-411"));
    }

    @Test
    void aPlanAboveTheCapIsRefusedUnlessItIsSaid() {
        assertThat(new Cap(25, false).refuses(plan.counts())).isEmpty();
        assertThat(new Cap(24.9, false).refuses(plan.counts())).isPresent();
        assertThat(new Cap(1, true).refuses(plan.counts())).isEmpty();
    }

    @Test
    void theTextNamesTheVerdictAndNothingReachesTheTerminalUnescaped() {
        String text = PlanText.of(plan);
        assertThat(text)
                .contains("INCOMPLETE", "250 rows", "NOT COMPARED  t  UNREADABLE: why", "expired by time to live")
                .doesNotContain("\u0001");
    }

    @Test
    void theTextNamesWhatDiffersBesideTheRowsAndWhatWasNotCompared() {
        assertThat(PlanText.of(plan))
                .contains("STRUCTURE  sequence public.s: at 900 in the copy, absent in live")
                .contains("not compared  grants")
                .contains("1 difference of the structure is listed above: a repair of rows does not mend it.");
    }

    @Test
    void equalNeverStandsAloneWhereSomethingWasNotCompared() {
        var equal = store.seal(
                plan.header(),
                List.of(new TableOutcome.Compared(ORDERS, Counts.NOTHING, List.of(), List.of())),
                List.of(),
                StructureFindings.notCompared(List.of("grants")),
                List.of());
        assertThat(PlanText.of(equal))
                .contains("EQUAL: live holds what the copy holds, but for what is \"not compared\" above.");
    }

    @Test
    void filesOfAnArchiveAreNeverReplaced() throws IOException {
        archive.create("a/b").close();
        assertThatThrownBy(() -> archive.create("a/b").close()).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(archive.list("a/")).containsExactly("a/b");
    }

    @Test
    void onlyOneOfTwoSwapsWins() throws IOException {
        assertThat(archive.swap("lock", Optional.empty(), Optional.of("ada"))).isTrue();
        assertThat(archive.swap("lock", Optional.empty(), Optional.of("bob"))).isFalse();
        assertThat(archive.text("lock")).contains("ada");
        assertThat(archive.swap("lock", Optional.of("ada"), Optional.empty())).isTrue();
        assertThat(archive.text("lock")).isEmpty();
    }
}
