package lifeboat.reconcile.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RepairReport.Verification;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.Verdict;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;
import org.junit.jupiter.api.Test;

/// Thousands of small stores with random schemas, damage, writers, and processes killed at any step: what a good writer
/// wrote stays, damage is gone or listed, and an undo brings back what the repair wrote and nothing else.
///
/// `-Dlifeboat.seed=7` runs one seed again; `-Dlifeboat.seeds=100000` more of them.
class RandomRepairsTest {
    private static final int SEEDS = Integer.getInteger("lifeboat.seeds", 3_000);

    private static LongStream seeds() {
        Long one = Long.getLong("lifeboat.seed");
        return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, SEEDS);
    }

    @Test
    void damageIsRepairedOrListedGoodWritesStayAndUndoBringsBackJustThat() {
        List<String> wrong = new ArrayList<>();
        int[] undone = {0};
        seeds().takeWhile(seed -> wrong.size() < 9).forEach(seed -> {
            try {
                undone[0] += run(new World(seed));
            } catch (AssertionError | RuntimeException found) {
                wrong.add("-Dlifeboat.seed=%d: %s%n    %s".formatted(seed, found.getMessage(), where(found)));
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(undone[0]).as("rows that came back").isPositive();
    }

    static int run(World world) {
        RepairPlan plan = world.untilDone(world::plan);
        judgePlan(world, plan);
        repair(world, plan);
        judgeRows(world);
        int back = undo(world, plan);
        if (world.writesInHundredSteps == 0 && world.random.nextBoolean()) {
            // A plan can be carried out again after it was undone, and undone again.
            world.server.memory().forget(world.live);
            repair(world, plan);
            judgeRows(world);
            back += undo(world, plan);
        }
        return back;
    }

    static String where(Throwable found) {
        return Arrays.stream(found.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("lifeboat"))
                .limit(4)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining("\n    "));
    }

    private static void judgePlan(World world, RepairPlan plan) {
        Oracle oracle = oracle(world);
        assertThat(plan.counts().toRepair()).as("planned").isEqualTo(oracle.planned(world.seen));
        boolean differs = world.seen.entrySet().stream()
                .map(seen -> oracle.of(seen.getKey(), seen.getValue()))
                .anyMatch(fate -> fate == Oracle.Fate.DIFFERS || fate == Oracle.Fate.REPAIRED);
        Verdict verdict =
                !world.unreadable.isEmpty() ? Verdict.INCOMPLETE : differs ? Verdict.DIFFERENT : Verdict.EQUAL;
        assertThat(plan.verdict()).as("verdict").isEqualTo(verdict);
    }

    private static Oracle oracle(World world) {
        return new Oracle(world.copy, world.rules, world.unreadable);
    }

    /// Carries the plan out, or leaves it where it was killed.
    private static void repair(World world, RepairPlan plan) {
        if (world.random.nextInt(3) == 0) {
            Optional<RepairReport> report = world.once(process -> world.repair(process, plan));
            if (report.isEmpty()) {
                return;
            }
        }
        int[] begun = {0};
        RepairReport report = world.untilDone(process -> {
            begun[0] = world.application.clock();
            return world.repair(process, plan);
        });
        judgeReport(world, plan, report, begun[0]);
    }

    private static void judgeReport(World world, RepairPlan plan, RepairReport report, int begun) {
        Oracle oracle = oracle(world);
        Map<Place, Why> skipped = skipped(report);
        long skippedRows = skipped.keySet().stream()
                .mapToLong(place -> Oracle.rows(world.copy.at(place), world.seen.getOrDefault(place, Optional.empty())))
                .sum();
        assertThat(report.total().written() + report.total().alreadyDone() + skippedRows)
                .as("each planned row is counted once")
                .isEqualTo(plan.counts().repairs());
        assertThat(report.total().skipped()).as("no row is skipped twice").hasSize(skipped.size());
        boolean alone = world.writesInHundredSteps == 0;
        world.seen.forEach((place, live) -> {
            if (oracle.of(place, live) == Oracle.Fate.REPAIRED) {
                boolean repaired = world.live.at(place).equals(world.copy.at(place));
                boolean writtenLater = world.application.last(place) > begun;
                assertThat(repaired || writtenLater || skipped.containsKey(place))
                        .as("%s is damage that is neither gone nor listed", place)
                        .isTrue();
            }
        });
        skipped.forEach((place, why) -> {
            assertThat(oracle.of(place, world.seen.get(place))).as("%s", place).isEqualTo(Oracle.Fate.REPAIRED);
            if (alone) {
                assertThat(why).as("%s", place).isIn(Why.REFUSED_BY_CONSTRAINT, Why.REWRITTEN_BY_TRIGGER);
                assertThat(why == Why.REWRITTEN_BY_TRIGGER || isRefused(world, place))
                        .as("%s is refused though no constraint speaks against it", place)
                        .isTrue();
            }
        });
        if (alone) {
            assertThat(report.verification())
                    .isEqualTo(new Verification.Verified(plan.counts().repairs(), skippedRows));
            if (isSimple(world)) {
                assertThat(skipped).isEmpty();
                assertThat(world.live.all()).isEqualTo(world.copy.all());
            }
        }
    }

    /// Nothing is explained, left out or in the way, so that live must become the copy.
    private static boolean isSimple(World world) {
        return world.rules.pointInTime().isEmpty()
                && world.unreadable.isEmpty()
                && world.server.habits().together()
                && world.server.habits().rewritten().isEmpty()
                && world.copy.tables().stream().noneMatch(MemoryTable::hasExpiry);
    }

    private static boolean isRefused(World world, Place place) {
        Optional<Rows> was = world.live.at(place);
        boolean written = world.live.write(place, world.copy.at(place));
        if (written) {
            world.live.set(place, was);
        }
        return !written;
    }

    private static Map<Place, Why> skipped(RepairReport report) {
        Map<Place, Why> skipped = new HashMap<>();
        report.tables()
                .forEach((table, outcome) ->
                        outcome.skipped().forEach(one -> skipped.put(new Place(table, one.key()), one.why())));
        return skipped;
    }

    /// Every row is what the repair had to make of it, or what an application wrote since.
    private static void judgeRows(World world) {
        Oracle oracle = oracle(world);
        for (Place place : world.places()) {
            Optional<Rows> now = world.live.at(place);
            Optional<Rows> compared = world.seen.getOrDefault(place, Optional.empty());
            boolean touched = world.application.last(place) > world.seenAt.getOrDefault(place, 0);
            Optional<Rows> left =
                    touched ? world.application.written().getOrDefault(place, Optional.empty()) : compared;
            boolean mayBeRepaired = world.seen.containsKey(place)
                    && oracle.of(place, compared) == Oracle.Fate.REPAIRED
                    && left.equals(compared);
            if (!mayBeRepaired) {
                assertThat(now).as("%s must stay what it was", place).isEqualTo(left);
            } else if (!now.equals(left)) {
                assertThat(now)
                        .as("%s is neither what it was nor what the copy holds", place)
                        .isEqualTo(world.copy.at(place));
            }
        }
    }

    /// Undoes and judges.
    ///
    /// @return how many rows came back
    private static int undo(World world, RepairPlan plan) {
        for (int i = world.random.nextInt(4); i > 0 && world.writesInHundredSteps > 0; i--) {
            world.application.write();
        }
        Map<Place, Optional<Rows>> before = world.now();
        int begun = world.application.clock();
        Optional<RepairReport> report = world.untilDone(process -> undone(world, process, plan, UndoEntries.KNOWN));
        if (report.isEmpty()) {
            assertThat(world.server.memory().repairs).as("nothing to undo").isEmpty();
            return 0;
        }
        int back = judgeUndo(world, before, begun, report.get(), false);
        Set<Integer> left = new HashSet<>();
        report.get().left().forEach(entry -> left.add(entry.entry()));
        if (!left.isEmpty() && world.random.nextBoolean()) {
            Map<Place, Optional<Rows>> then = world.now();
            int named = world.application.clock();
            RepairReport all = world.untilDone(
                            process -> undone(world, process, plan, new UndoEntries(Optional.of(left))))
                    .orElseThrow();
            back += judgeUndo(world, then, named, all, true);
        }
        return back;
    }

    /// @param named whether entries were named of which nobody knows whether they were written
    /// @return how many rows came back
    private static int judgeUndo(
            World world, Map<Place, Optional<Rows>> before, int begun, RepairReport report, boolean named) {
        Undone undone = Undone.of(world, before, named);
        Map<Place, Why> skipped = skipped(report);
        Set<Place> listed = new HashSet<>(skipped.keySet());
        report.left()
                .forEach(entry -> entry.keys()
                        .forEach(key -> listed.add(new Place(entry.table().orElseThrow(), key))));
        int back = 0;
        for (Place place : world.places()) {
            Optional<Rows> now = world.live.at(place);
            Optional<Rows> was = before.getOrDefault(place, Optional.empty());
            Set<Optional<Rows>> may = undone.allowed().getOrDefault(place, Set.of(was));
            if (world.application.last(place) > begun) {
                // What a person writes by hand is undone where it is what the repair wrote: it cannot be told apart.
                Set<Optional<Rows>> since = new HashSet<>(may);
                since.add(world.application.written().getOrDefault(place, Optional.empty()));
                if (since.contains(world.copy.at(place))) {
                    since.addAll(Undone.before(world, place));
                }
                assertThat(since).as("%s was written since", place).contains(now);
            } else if (!may.contains(now)) {
                assertThat(now)
                        .as("%s after the undo, allowed %s, %s", place, may, skipped.get(place))
                        .isEqualTo(was);
                assertThat(listed)
                        .as("%s did not come back and is not listed", place)
                        .contains(place);
            } else if (undone.unknown().contains(place)) {
                assertThat(listed)
                        .as("nobody knows of %s, and it is not listed", place)
                        .contains(place);
            }
            back += now.equals(was) ? 0 : 1;
        }
        return back;
    }

    private static Optional<RepairReport> undone(World world, Mortal process, RepairPlan plan, UndoEntries entries) {
        try {
            return Optional.of(world.undo(process, plan, entries));
        } catch (Refused refused) {
            assertThat(refused.refusal().code()).isEqualTo("LB-416");
            return Optional.empty();
        }
    }
}
