package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.EnvironmentName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything that stands in a plan is read back as it was written, and everything in it makes its id.
class PlanJsonTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00.000000001Z");
    private static final TableName ORDERS = new TableName("public", "odd \"name\"\n😀");
    private static final TableName ITEMS = TableName.of("items");

    private static final StructureFindings FINDINGS = new StructureFindings(
            List.of(
                    new StructureDifference("sequence", "s", Optional.of("at 7"), Optional.of("at 5")),
                    new StructureDifference("view", "v", Optional.empty(), Optional.of("select 1"))),
            List.of("large objects"));

    @TempDir
    Path folder;

    @Test
    void aPlanIsReadBackWhole() throws Refused {
        RepairPlan plan = sealed();
        assertThat(store().plan(plan.id())).isEqualTo(plan);
        assertThat(store().plan(plan.id()).header().rules()).isEqualTo(rules());
    }

    @Test
    void rulesWithoutAnyWordsAreReadBack() throws JsonProcessingException {
        Rules plain = Rules.plain(NOW);
        assertThat(PieceJson.rules(again(PieceJson.of(plain)))).isEqualTo(plain);
        assertThat(PieceJson.rules(again(PieceJson.of(rules())))).isEqualTo(rules());
    }

    @Test
    void samePlanHasTheSameIdAndIsKeptOnce() throws IOException {
        assertThat(sealed().id()).isEqualTo(sealed().id());
        assertThat(new LocalArchive(folder).list("plans/")).hasSize(1);
    }

    @Test
    void jsonNamesTheIdFirstAndTheVerdict() {
        JsonNode node = PlanJson.of(sealed());
        assertThat(node.fieldNames().next()).isEqualTo("plan");
        assertThat(node.path("verdict").asText()).isEqualTo("INCOMPLETE");
        assertThat(node.path("tables").path(0).path("repair").toString())
                .isEqualTo("{\"CHANGED\":250,\"UNEXPECTED_IN_LIVE\":2}");
    }

    /// A person who may write to the archive changes one thing.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"environment\" : \"prod\"|\"environment\" : \"test\"",
                "\"environment\" : \"prod\"|\"environment\" : \"PROD!\"",
                "\"live\" : \"live\"|\"live\" : 7",
                "2026-11-20T03:00:00.000000001Z|soon",
                "\"grace\" : \"PT7S\"|\"grace\" : \"long\"",
                "\"grace\" : \"PT7S\"|\"grace\" : \"PT70S\"",
                "\"rows\" : 250|\"rows\" : 251",
                "\"from\" : \"1\"|\"from\" : \"2\"",
                "\"from\" : \"1\"|\"from\" : \"z\"",
                "\"writtenFrom\" : \"2026|\"writtenFrom\" : \"2027",
                "\"repairWithoutTime\" : true|\"repairWithoutTime\" : false",
                "\"CHANGED\" : 250|\"CHANGED\" : 1",
                "\"CHANGED\" : 250|\"OTHER\" : 250",
                "NEWEST_WINS|TAKE_COPY",
                "NEWEST_WINS|ANYTHING",
                "UNREADABLE|SCHEMA_DIFFERS",
                "closed_at|opened_at",
                "a note|another",
                "at 7|at 8",
                "at 7|at 5",
                "large objects|grants",
                "a rule|another",
                "\"structure\" : \"s\"|\"structure\" : \"t\"",
                "\"plan\" : \"|\"plan\" : \"0",
                "{|[",
            })
    void aPlanInWhichAnythingWasChangedIsRefused(String was, String becomes) throws IOException {
        RepairPlan plan = sealed();
        Path file = folder.resolve("plans/" + plan.id() + "/plan.json");
        String text = Files.readString(file);
        assertThat(text).contains(was);
        Files.writeString(file, text.replace(was, becomes));
        assertThatThrownBy(() -> store().plan(plan.id()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("LB-414");
    }

    @Test
    void anotherPlansFileUnderThisIdIsRefused() throws IOException {
        RepairPlan plan = sealed();
        PlanId other = new PlanId("0".repeat(32));
        Files.createDirectories(folder.resolve("plans/" + other));
        Files.copy(
                folder.resolve("plans/" + plan.id() + "/plan.json"), folder.resolve("plans/" + other + "/plan.json"));
        assertThatThrownBy(() -> store().plan(other)).hasMessageContaining("LB-414");
        Files.writeString(
                folder.resolve("plans/" + other + "/plan.json"),
                "",
                java.nio.file.StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> store().plan(other)).hasMessageContaining("LB-414");
    }

    @Test
    void anIdIs32HexadecimalDigits() {
        assertThatThrownBy(() -> new PlanId("../../etc")).hasMessageContaining("LB-404");
        assertThatThrownBy(() -> new PlanId("A".repeat(32))).hasMessageContaining("LB-404");
        assertThatThrownBy(() -> new PlanId("a".repeat(31))).hasMessageContaining("LB-404");
        assertThat(new PlanId("a".repeat(32))).hasToString("a".repeat(32));
    }

    @Test
    void rowsComeInBatchesAndTheLastMayBeSmaller() throws Refused {
        RepairPlan plan = sealed();
        List<Integer> sizes = new ArrayList<>();
        store().rows(plan.id(), plan.chunks().getFirst(), 100, rows -> sizes.add(rows.size()));
        store().rows(plan.id(), plan.chunks().getFirst(), 125, rows -> sizes.add(rows.size()));
        assertThat(sizes).containsExactly(100, 100, 50, 125, 125);
    }

    private PlanStore store() {
        return new PlanStore(new LocalArchive(folder));
    }

    private RepairPlan sealed() {
        var chunks = new ChunkWriter(new LocalArchive(folder), "drafts/" + System.nanoTime());
        for (int i = 0; i < 250; i++) {
            chunks.add(new Difference.Changed(ORDERS, RowKey.of("k" + i), Image.of("c" + i), Image.of("l" + i)));
        }
        List<Chunk> fixed = List.of(renamed(chunks.done().getFirst()));
        var header = new RepairPlan.Header(
                new EnvironmentName("prod"), new StoreIdentity("copy"), new StoreIdentity("live"), NOW, rules(), "s");
        return store().seal(header, tables(), fixed, FINDINGS, List.of("a note"));
    }

    private Chunk renamed(Chunk chunk) {
        try {
            Path fixed = folder.resolve("drafts/fixed.rows");
            Files.deleteIfExists(fixed);
            Files.move(folder.resolve(chunk.name()), fixed);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Chunk("drafts/fixed.rows", chunk.table(), chunk.kind(), chunk.rows(), chunk.sha256());
    }

    private static List<TableOutcome> tables() {
        Counts counts = new Counts(
                1000,
                1001,
                Map.of(DifferenceClass.CHANGED, 250L, DifferenceClass.UNEXPECTED_IN_LIVE, 2L),
                Map.of(Left.EXPIRED, 3L, Left.NO_TIME, 4L));
        var sample = new Difference.Sample(
                RowKey.of("k", "\u2028"),
                DifferenceClass.CHANGED,
                Optional.of(TimeAnomaly.STAMPED_AHEAD),
                List.of(
                        new FieldChange("v", Optional.empty(), Optional.of("\u0001")),
                        new FieldChange("w", Optional.of(""), Optional.empty())));
        return List.of(
                new TableOutcome.Compared(ORDERS, counts, List.of(sample), List.of("a rule")),
                new TableOutcome.Compared(ITEMS, Counts.NOTHING, List.of(), List.of()),
                new TableOutcome.NotCompared(TableName.of("t"), TableOutcome.Why.UNREADABLE, "why"));
    }

    private static Rules rules() {
        Selection selection = new Selection(
                Set.of(ORDERS, ITEMS),
                Map.of(ORDERS, List.of(new KeyRange("1", "10"), new KeyRange("a", "b")), ITEMS, List.of()),
                Optional.of(new TimeWindow(NOW.minusSeconds(60), NOW)),
                Set.of(DifferenceClass.CHANGED, DifferenceClass.MISSING_IN_LIVE));
        return new Rules(
                Optional.of(NOW.minusSeconds(600)),
                NOW,
                Duration.ofSeconds(7),
                Optional.of("updated_at"),
                true,
                List.of(new Rules.PurgeRule(ORDERS, "closed_at", NOW.minusSeconds(9))),
                selection,
                ChangedOnBothSides.NEWEST_WINS);
    }

    private static JsonNode again(JsonNode node) throws JsonProcessingException {
        return new ObjectMapper().readTree(node.toString());
    }
}
