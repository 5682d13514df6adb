package lifeboat.reconcile;

import static lifeboat.reconcile.DifferenceClass.CHANGED;
import static lifeboat.reconcile.DifferenceClass.MISSING_IN_LIVE;
import static lifeboat.reconcile.DifferenceClass.UNEXPECTED_IN_LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RepairPass.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order of writes, and what happens to rows that a constraint refuses.
class RepairPassTest {
    private static final TableName PARENTS = TableName.of("parents");
    private static final TableName CHILDREN = TableName.of("children");
    private static final UndoLog NO_LOG = transaction -> {
        throw new AssertionError("not asked for");
    };

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();

    @Test
    void parentsAreWrittenFirstAndChildrenDeletedFirst() throws Refused {
        var store = new ScriptedRepairs(Map.of());
        RepairPlan plan = plan(Map.of(
                PARENTS,
                Map.of(MISSING_IN_LIVE, 3, CHANGED, 1, UNEXPECTED_IN_LIVE, 1),
                CHILDREN,
                Map.of(MISSING_IN_LIVE, 1, CHANGED, 1, UNEXPECTED_IN_LIVE, 1)));
        RepairPass pass = pass(store, plan);
        pass.run();
        assertThat(store.asked)
                .containsExactly(
                        "parents MISSING_IN_LIVE parents-MISSING_IN_LIVE-0 parents-MISSING_IN_LIVE-1",
                        "parents MISSING_IN_LIVE parents-MISSING_IN_LIVE-2",
                        "parents CHANGED parents-CHANGED-0",
                        "children MISSING_IN_LIVE children-MISSING_IN_LIVE-0",
                        "children CHANGED children-CHANGED-0",
                        "children UNEXPECTED_IN_LIVE children-UNEXPECTED_IN_LIVE-0",
                        "parents UNEXPECTED_IN_LIVE parents-UNEXPECTED_IN_LIVE-0");
        assertThat(pass.outcomes().get(PARENTS)).isEqualTo(new BatchOutcome(5, 0, List.of()));
        assertThat(pass.outcomes().get(CHILDREN)).isEqualTo(new BatchOutcome(3, 0, List.of()));
        assertThat(pass.waiting()).isEmpty();
        assertThat(progress).contains("repair parents 2/8", "repair children 4/8", "repair parents 7/8");
        assertThat(progress.getLast()).isEqualTo("repair what waited for other rows 8/8");
    }

    @Test
    void rowThatWaitsForAnotherIsWrittenAfterIt() throws Refused {
        var store = new ScriptedRepairs(Map.of(key(0), key(5), key(2), key(0)));
        RepairPlan plan = plan(Map.of(PARENTS, Map.of(CHANGED, 6)));
        RepairPass pass = pass(store, plan);
        pass.run(plan.chunks().getFirst());
        assertThat(pass.waiting())
                .singleElement()
                .satisfies(waiting ->
                        assertThat(waiting.rows()).extracting(PlannedRow::key).containsExactly(key(0), key(2)));
        assertThat(pass.outcomes().get(PARENTS).written()).isEqualTo(4);
        pass.again();
        assertThat(store.written).hasSize(6);
        assertThat(store.asked.subList(3, 5))
                .containsExactly("together 2", "parents CHANGED parents-CHANGED-0 parents-CHANGED-2");
        assertThat(pass.outcomes().get(PARENTS)).isEqualTo(new BatchOutcome(6, 0, List.of()));
        assertThat(pass.waiting()).isEmpty();
    }

    @Test
    void rowsThatWaitForEachOtherAreWrittenAtOnceWhereTheStoreCan() throws Refused {
        for (boolean can : List.of(true, false)) {
            var store = new ScriptedRepairs(Map.of(key(0), key(1), key(1), key(0)));
            store.knowsTogether = can;
            RepairPass pass = pass(store, plan(Map.of(PARENTS, Map.of(CHANGED, 3))));
            pass.run();
            BatchOutcome outcome = pass.outcomes().get(PARENTS);
            assertThat(outcome.written()).isEqualTo(can ? 3 : 1);
            assertThat(outcome.skipped())
                    .isEqualTo(
                            can
                                    ? List.of()
                                    : List.of(
                                            new Skipped(key(0), Why.REFUSED_BY_CONSTRAINT),
                                            new Skipped(key(1), Why.REFUSED_BY_CONSTRAINT)));
            assertThat(pass.skippedKeys(PARENTS)).isEqualTo(can ? Set.of() : Set.of(key(0), key(1)));
            assertThat(pass.waiting()).isEmpty();
        }
    }

    @Test
    void chainIsFollowedForAsLongAsThatGetsAnywhere() throws Refused {
        // Each waits for the next; batches of one are tried in order, so that a round writes just the last.
        var store = new ScriptedRepairs(Map.of(key(0), key(1), key(1), key(2), key(2), key(3)));
        store.batchRows = 1;
        RepairPass pass = pass(store, plan(Map.of(PARENTS, Map.of(CHANGED, 4))));
        pass.run();
        assertThat(pass.outcomes().get(PARENTS)).isEqualTo(new BatchOutcome(4, 0, List.of()));
        assertThat(store.asked.subList(4, store.asked.size()))
                .containsExactly(
                        "together 3",
                        "parents CHANGED parents-CHANGED-0",
                        "parents CHANGED parents-CHANGED-1",
                        "parents CHANGED parents-CHANGED-2",
                        "together 2",
                        "parents CHANGED parents-CHANGED-0",
                        "parents CHANGED parents-CHANGED-1",
                        "together 1",
                        "parents CHANGED parents-CHANGED-0");
    }

    @Test
    void whatSomebodyWroteSinceIsSkippedOnceAndForAll() throws Refused {
        var store = new ScriptedRepairs(Map.of(key(0), key(9)));
        store.knowsTogether = true;
        store.changedSince.add(key(1));
        RepairPass pass = pass(store, plan(Map.of(PARENTS, Map.of(CHANGED, 3))));
        pass.run();
        assertThat(pass.outcomes().get(PARENTS))
                .isEqualTo(new BatchOutcome(
                        1,
                        0,
                        List.of(
                                new Skipped(key(1), Why.LIVE_CHANGED_SINCE),
                                new Skipped(key(0), Why.REFUSED_BY_CONSTRAINT))));
    }

    @Test
    void rowThatIsChangedWhileItWaitsIsReportedAsThat() throws Refused {
        var store = new ScriptedRepairs(Map.of(key(0), key(9), key(1), key(9)));
        store.knowsTogether = true;
        RepairPlan plan = plan(Map.of(PARENTS, Map.of(CHANGED, 2)));
        RepairPass pass = pass(store, plan);
        pass.run(plan.chunks().getFirst());
        store.changedSince.add(key(0));
        pass.again();
        assertThat(store.asked.subList(1, store.asked.size()))
                .containsExactly("together 2", "parents CHANGED parents-CHANGED-1");
        assertThat(pass.outcomes().get(PARENTS))
                .isEqualTo(new BatchOutcome(
                        0,
                        0,
                        List.of(
                                new Skipped(key(0), Why.LIVE_CHANGED_SINCE),
                                new Skipped(key(1), Why.REFUSED_BY_CONSTRAINT))));
    }

    @Test
    void rowsThatAreDoneAlreadyCountAsProgress() throws Refused {
        var store = new ScriptedRepairs(Map.of(key(0), key(9)));
        store.knowsTogether = true;
        store.alreadyDone.addAll(List.of(key(1), key(2), key(3)));
        RepairPlan plan = plan(Map.of(PARENTS, Map.of(CHANGED, 5)));
        RepairPass pass = pass(store, plan);
        pass.run(plan.chunks().getFirst());
        store.alreadyDone.add(key(0));
        pass.again();
        assertThat(pass.outcomes().get(PARENTS)).isEqualTo(new BatchOutcome(1, 4, List.of()));
        assertThat(progress)
                .containsExactly(
                        "repair parents 0/5",
                        "repair parents 1/5",
                        "repair parents 3/5",
                        "repair what waited for other rows 4/5");
    }

    @Test
    void rowsOfSeveralBatchesAreHeldTogetherUpToTheMost() throws Refused {
        var store = new ScriptedRepairs(Map.of(key(0), key(9), key(1), key(9), key(2), key(9)));
        store.batchRows = 1;
        RepairPlan plan = plan(Map.of(PARENTS, Map.of(CHANGED, 3)));
        PlannedRow row = new PlannedRow(RowKey.of("x"), Optional.of("c"), 1, Optional.of("l"), 1);
        RepairPass pass = pass(store, plan);
        pass.takeOn(new Waiting(CHILDREN, CHANGED, java.util.Collections.nCopies(199_998, row)));
        pass.run(plan.chunks().getFirst());
        assertThat(pass.outcomes().get(PARENTS).skipped())
                .containsExactly(new Skipped(key(2), Why.REFUSED_BY_CONSTRAINT));
    }

    @Test
    void anotherPassTakesOnWhatWaits() throws Refused {
        var store = new ScriptedRepairs(Map.of(key(0), key(2)));
        RepairPlan plan = plan(Map.of(PARENTS, Map.of(CHANGED, 1)));
        RepairPass first = pass(store, plan);
        first.run(plan.chunks().getFirst());
        store.written.add(key(2));
        RepairPass second = pass(store, plan);
        first.waiting().forEach(second::takeOn);
        assertThat(second.waiting()).isEqualTo(first.waiting());
        second.again();
        assertThat(second.outcomes().get(PARENTS)).isEqualTo(new BatchOutcome(1, 0, List.of()));
    }

    @Test
    void rowsBeyondWhatMemoryShallHoldAreReportedAtOnce() throws Refused {
        var store = new ScriptedRepairs(Map.of(key(0), key(9), key(1), key(9)));
        RepairPlan plan = plan(Map.of(PARENTS, Map.of(CHANGED, 2)));
        PlannedRow row = new PlannedRow(RowKey.of("x"), Optional.of("c"), 1, Optional.of("l"), 1);
        RepairPass full = pass(store, plan);
        full.takeOn(new Waiting(PARENTS, CHANGED, java.util.Collections.nCopies(199_999, row)));
        full.run(plan.chunks().getFirst());
        assertThat(full.outcomes().get(PARENTS).skipped()).hasSize(2);
        RepairPass nearly = pass(store, plan);
        nearly.takeOn(new Waiting(PARENTS, CHANGED, java.util.Collections.nCopies(199_998, row)));
        nearly.run(plan.chunks().getFirst());
        assertThat(nearly.outcomes().get(PARENTS).skipped()).isEmpty();
    }

    @Test
    void everyRowIsLookedAtAndThoseThatDifferWithoutHavingBeenSkippedAreNamed() throws Refused {
        var store = new ScriptedRepairs(Map.of());
        RepairPlan plan = plan(Map.of(PARENTS, Map.of(CHANGED, 5)));
        store.written.addAll(List.of(key(0), key(1)));
        Verifier verifier = verifier(store, plan);
        verifier.look(plan.chunks().getFirst(), Set.of(key(2)));
        assertThat(verifier.looked()).isEqualTo(new Verifier.Looked(5, 1, 2, List.of(key(3), key(4))));
        assertThat(verifier.looked().verification())
                .isEqualTo(new RepairReport.Verification.Differs(5, 2, List.of(key(3), key(4))));
        assertThat(store.asked).containsExactly("look at 2", "look at 2", "look at 1");
        assertThat(progress).contains("verify parents 0/5", "verify parents 4/5");
        Verifier all = verifier(store, plan);
        all.look(plan.chunks().getFirst(), Set.of(key(2), key(3), key(4)));
        assertThat(all.looked().verification()).isEqualTo(new RepairReport.Verification.Verified(5, 3));
    }

    @Test
    void atMostTenRowsThatDifferAreNamed() {
        var one = new Verifier.Looked(
                7, 0, 7, IntStream.range(0, 7).mapToObj(RepairPassTest::key).toList());
        assertThat(one.plus(one).samples()).hasSize(10);
        assertThat(one.plus(one).rows()).isEqualTo(14);
        assertThat(one.plus(new Verifier.Looked(1, 1, 0, List.of())))
                .isEqualTo(new Verifier.Looked(8, 1, 7, one.samples()));
    }

    private Verifier verifier(Repairs store, RepairPlan plan) {
        return new Verifier(store, new PlanStore(new LocalArchive(folder)), plan, this::progress);
    }

    private RepairPass pass(Repairs store, RepairPlan plan) {
        return new RepairPass(store, new PlanStore(new LocalArchive(folder)), plan, NO_LOG, this::progress);
    }

    private void progress(String step, long done, long of) {
        progress.add("%s %d/%d".formatted(step, done, of));
    }

    private static RowKey key(int i) {
        return RowKey.of("parents-CHANGED-" + i);
    }

    private RepairPlan plan(Map<TableName, Map<DifferenceClass, Integer>> rows) {
        return ScriptedRepairs.plan(new LocalArchive(folder), List.of(PARENTS, CHILDREN), rows);
    }
}
