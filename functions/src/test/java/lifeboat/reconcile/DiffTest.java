package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.catalog.EnvironmentName;
import lifeboat.integrity.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pieces of a comparison become one plan: in the order of tables, with all counts, and nothing of a table that could
/// not be read to its end.
class DiffTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private static final TableName PARENTS = TableName.of("parents");
    private static final TableName CHILDREN = TableName.of("children");

    @TempDir
    Path folder;

    @Test
    void piecesOfATableAddUpAndTablesStandInTheOrderOfTheStore() {
        var told = new Told();
        told.piece(CHILDREN, 10, 11, missing(CHILDREN, "1"), changed(CHILDREN, "2"));
        told.piece(PARENTS, 20, 21, unexpected(PARENTS, "1"));
        told.piece(CHILDREN, 30, 31, changed(CHILDREN, "3"), changed(CHILDREN, "4"));
        RepairPlan plan = plan(told, Rules.plain(NOW));
        assertThat(plan.tables()).extracting(TableOutcome::table).containsExactly(PARENTS, CHILDREN);
        assertThat(((TableOutcome.Compared) plan.tables().getLast()).counts())
                .isEqualTo(new Counts(
                        40, 42, Map.of(DifferenceClass.MISSING_IN_LIVE, 1L, DifferenceClass.CHANGED, 3L), Map.of()));
        assertThat(plan.chunks().stream().map(chunk -> chunk.table() + " " + chunk.kind() + " " + chunk.rows()))
                .containsExactly(
                        "parents UNEXPECTED_IN_LIVE 1",
                        "children MISSING_IN_LIVE 1",
                        "children CHANGED 1",
                        "children CHANGED 2");
        assertThat(plan.header().structure()).isEqualTo("structure");
        assertThat(plan.header().live()).isEqualTo(new StoreIdentity("live"));
        assertThat(plan.header().copy()).isEqualTo(new StoreIdentity("copy"));
        assertThat(plan.notes()).containsExactly("a note");
        assertThat(plan.findings().notCompared()).containsExactly("views");
        assertThat(told.progress.getFirst()).isEqualTo("0 of 3");
        assertThat(told.progress.getLast()).isEqualTo("3 of 3");
    }

    @Test
    void aTableOfWhichOnePieceCouldNotBeReadIsNotComparedAndNotRepaired() {
        for (int unreadable = 0; unreadable < 3; unreadable++) {
            var told = new Told();
            told.draft = "d" + unreadable;
            for (int piece = 0; piece < 3; piece++) {
                if (piece == unreadable) {
                    told.cut(CHILDREN);
                } else {
                    told.piece(CHILDREN, 1, 1, changed(CHILDREN, "" + piece));
                }
            }
            told.piece(PARENTS, 1, 1, changed(PARENTS, "1"));
            RepairPlan plan = plan(told, Rules.plain(NOW));
            assertThat(plan.verdict()).isEqualTo(Verdict.INCOMPLETE);
            assertThat(plan.tables().getLast()).isInstanceOf(TableOutcome.NotCompared.class);
            assertThat(plan.chunks()).extracting(Chunk::table).containsExactly(PARENTS);
            assertThat(plan.counts().repairs()).isEqualTo(1);
        }
    }

    @Test
    void aTableThatNoPieceLookedAtIsNotComparedAndTheWholeNeverEqual() {
        var told = new Told();
        told.piece(PARENTS, 1, 1);
        RepairPlan plan = plan(told, Rules.plain(NOW));
        assertThat(plan.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(plan.tables()).extracting(TableOutcome::table).containsExactly(PARENTS, CHILDREN);
        assertThat(plan.tables().getLast()).isInstanceOf(TableOutcome.NotCompared.class);
    }

    @Test
    void whatAPieceFoundOfATableThatTheStoreNoLongerNamesIsNotLost() {
        TableName gone = TableName.of("gone");
        var told = new Told();
        told.piece(PARENTS, 1, 1);
        told.piece(CHILDREN, 1, 1);
        told.piece(gone, 1, 1, changed(gone, "1"));
        RepairPlan plan = plan(told, Rules.plain(NOW));
        assertThat(plan.tables()).extracting(TableOutcome::table).containsExactly(PARENTS, CHILDREN, gone);
        assertThat(plan.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(plan.chunks()).extracting(Chunk::table).containsExactly(gone);
    }

    @Test
    void whatIsExplainedIsCountedAndNotPlanned() {
        Rules rules = ExampleRules.byTime("at", NOW, NOW);
        var told = new Told();
        Image since = new Image("l", 1, Optional.of(NOW.plusSeconds(1)), Optional.empty(), Optional.empty());
        told.piece(
                PARENTS,
                2,
                2,
                new Difference.Changed(PARENTS, RowKey.of("1"), Image.of("c"), since),
                new Difference.UnexpectedInLive(PARENTS, RowKey.of("2"), since),
                missing(PARENTS, "3"));
        RepairPlan plan = plan(told, rules);
        assertThat(plan.counts().left()).isEqualTo(Map.of(Left.WRITTEN_SINCE, 2L));
        assertThat(plan.counts().toRepair()).isEqualTo(Map.of(DifferenceClass.MISSING_IN_LIVE, 1L));
        assertThat(plan.chunks()).hasSize(1);
    }

    @Test
    void someDifferencesAClassAreShown() {
        var told = new Told();
        told.piece(
                PARENTS,
                9,
                9,
                changed(PARENTS, "1"),
                changed(PARENTS, "2"),
                changed(PARENTS, "3"),
                missing(PARENTS, "4"),
                missing(PARENTS, "5"),
                missing(PARENTS, "6"));
        RepairPlan plan = plan(told, Rules.plain(NOW));
        assertThat(((TableOutcome.Compared) plan.tables().getFirst()).samples())
                .extracting(sample -> sample.key().toString())
                .containsExactly("1", "2", "4", "5");
    }

    @Test
    void rowsWhoseTimeExplainsNothingAreShownThoughTheyStay() {
        Rules rules = ExampleRules.byTime("at", NOW, NOW);
        Image before = new Image("l", 1, Optional.of(NOW.minusSeconds(60)), Optional.empty(), Optional.empty());
        Image since = new Image("l", 1, Optional.of(NOW.plusSeconds(60)), Optional.empty(), Optional.empty());
        var told = new Told();
        told.piece(
                PARENTS,
                9,
                9,
                new Difference.UnexpectedInLive(PARENTS, RowKey.of("1"), before),
                new Difference.UnexpectedInLive(PARENTS, RowKey.of("2"), since),
                new Difference.UnexpectedInLive(PARENTS, RowKey.of("3"), before),
                new Difference.UnexpectedInLive(PARENTS, RowKey.of("4"), before),
                missing(PARENTS, "5"));
        var compared = (TableOutcome.Compared) plan(told, rules).tables().getFirst();
        assertThat(compared.counts().left()).isEqualTo(Map.of(Left.STAMPED_BEFORE, 3L, Left.WRITTEN_SINCE, 1L));
        assertThat(compared.samples())
                .extracting(sample -> sample.key() + " " + sample.anomaly().orElse(null))
                .containsExactly("5 null", "1 STAMPED_BEFORE", "3 STAMPED_BEFORE");
    }

    @Test
    void manyRowsGoToSeveralFiles() throws Refused {
        var told = new Told();
        Difference[] many = new Difference[100_001];
        for (int i = 0; i < many.length; i++) {
            many[i] = changed(PARENTS, "" + i);
        }
        told.piece(PARENTS, 1, 1, many);
        RepairPlan plan = plan(told, Rules.plain(NOW));
        assertThat(plan.chunks()).extracting(Chunk::rows).containsExactly(50_000L, 50_000L, 1L);
        List<PlannedRow> rows = new ArrayList<>();
        for (Chunk chunk : plan.chunks()) {
            new PlanStore(new LocalArchive(folder)).rows(plan.id(), chunk, 7_000, rows::addAll);
        }
        assertThat(rows).hasSize(many.length).doesNotHaveDuplicates();
    }

    @Test
    void bigRowsGoToMoreFiles() {
        var told = new Told();
        String big = "x".repeat(1 << 20);
        Difference[] many = new Difference[70];
        for (int i = 0; i < many.length; i++) {
            many[i] = missing(PARENTS, big + i);
        }
        told.piece(PARENTS, 1, 1, many);
        assertThat(plan(told, Rules.plain(NOW)).chunks())
                .extracting(Chunk::rows)
                .containsExactly(64L, 6L);
    }

    @Test
    void aDraftThatIsThereAlreadyIsNeverReplaced() {
        var told = new Told();
        told.piece(PARENTS, 1, 1, changed(PARENTS, "1"));
        plan(told, Rules.plain(NOW));
        assertThatThrownBy(() -> plan(told, Rules.plain(NOW))).isInstanceOf(java.io.UncheckedIOException.class);
    }

    private RepairPlan plan(Told told, Rules rules) {
        Progress watched = (step, done, of) -> told.progress.add(done + " of " + of);
        return new Diff(told, new LocalArchive(folder), watched)
                .plan(new EnvironmentName("prod"), rules, told.draft, 2, NOW);
    }

    private static Difference missing(TableName table, String key) {
        return new Difference.MissingInLive(table, RowKey.of(key), Image.of("c"));
    }

    private static Difference changed(TableName table, String key) {
        return new Difference.Changed(table, RowKey.of(key), Image.of("c"), Image.of("l"));
    }

    private static Difference unexpected(TableName table, String key) {
        return new Difference.UnexpectedInLive(table, RowKey.of(key), Image.of("l"));
    }

    /// A store that tells what it is told to.
    private static final class Told implements Comparison {
        private final Map<Segment, List<Difference>> pieces = new LinkedHashMap<>();
        private final Map<Segment, TableOutcome> outcomes = new LinkedHashMap<>();
        final List<String> progress = new ArrayList<>();
        String draft = "d";

        void piece(TableName table, long copyRows, long liveRows, Difference... differences) {
            Segment segment = next();
            pieces.put(segment, List.of(differences));
            Counts counts = new Counts(copyRows, liveRows, Map.of(), Map.of());
            outcomes.put(segment, new TableOutcome.Compared(table, counts, List.of(), List.of("by digest")));
        }

        void cut(TableName table) {
            Segment segment = next();
            pieces.put(segment, List.of(changed(table, "before it broke")));
            outcomes.put(segment, new TableOutcome.NotCompared(table, TableOutcome.Why.UNREADABLE, "disk"));
        }

        private Segment next() {
            return new Segment("s" + pieces.size());
        }

        @Override
        public StoreIdentity copy() {
            return new StoreIdentity("copy");
        }

        @Override
        public StoreIdentity live() {
            return new StoreIdentity("live");
        }

        @Override
        public String structure() {
            return "structure";
        }

        @Override
        public List<TableName> tables() {
            return List.of(PARENTS, CHILDREN);
        }

        @Override
        public Optional<TableFacts> facts(TableName table) {
            return Optional.empty();
        }

        @Override
        public List<Segment> segments() {
            return List.copyOf(pieces.keySet());
        }

        @Override
        public List<TableOutcome> compare(Segment segment, Consumer<Difference> differences) {
            pieces.get(segment).forEach(differences);
            return List.of(outcomes.get(segment));
        }

        @Override
        public List<Difference.Sample> explain(List<Difference> differences) {
            return differences.stream()
                    .map(one -> new Difference.Sample(one.key(), one.kind(), List.of()))
                    .toList();
        }

        @Override
        public Optional<Instant> newestInCopy() {
            return Optional.empty();
        }

        @Override
        public StructureFindings structureFindings() {
            return StructureFindings.notCompared(List.of("views"));
        }

        @Override
        public List<String> notes() {
            return List.of("a note");
        }

        @Override
        public void close() {}
    }
}
