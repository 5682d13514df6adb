package lifeboat.reconcile.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.Archive;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RepairReport.Verification;
import lifeboat.reconcile.RepairRequest;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.Undo;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;

/// What [RandomRepairsTest] does in memory, on a real engine: the same schemas, damage, writers and oracle, with
/// processes that are killed between any two statements.
public final class EngineRun {
    private static final EnvironmentName HERE = new EnvironmentName("prod");

    private final World world;
    private final EngineStore store;
    private final Archive archive;
    private final Application application;
    private final Oracle oracle;
    private final Map<Place, Optional<Rows>> seen = new HashMap<>();
    private int attempts;

    private EngineRun(World world, EngineStore store, Archive archive) {
        this.world = world;
        this.store = store;
        this.archive = archive;
        this.application = new Application(world.copy, store, world.shape, world.random);
        this.oracle = new Oracle(world.copy, world.rules, java.util.List.of());
        world.copy.all().keySet().forEach(place -> seen.put(place, world.live.at(place)));
        world.live.all().forEach((place, rows) -> seen.put(place, Optional.of(rows)));
    }

    /// Runs one seed.
    ///
    /// @param load makes both sides on the engine
    /// @return rows that were repaired
    public static int run(long seed, Traits traits, Archive archive, Function<World, EngineStore> load) {
        try {
            World world = new World(seed, traits);
            return new EngineRun(world, load.apply(world), archive).run();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError("-Dlifeboat.seed=%d: %s".formatted(seed, wrong.getMessage()), wrong);
        }
    }

    private int run() {
        assertThat(store.all()).as("as it was drawn").isEqualTo(world.live.all());
        RepairPlan plan = plan();
        RepairReport report = repaired(plan);
        Map<Place, Optional<Rows>> ours = judgeRepair(plan, report);
        undo(plan, ours);
        return ours.size();
    }

    private RepairPlan plan() {
        RepairPlan plan;
        try (var comparison = store.comparison(world.rules)) {
            plan = new Diff(comparison, archive, Progress.SILENT).plan(HERE, world.rules, "d", 2, World.NOW);
        }
        Map<DifferenceClass, Long> planned = new EnumMap<>(DifferenceClass.class);
        for (TableOutcome outcome : plan.tables()) {
            assertThat(outcome).as("compared").isInstanceOf(TableOutcome.Compared.class);
            boolean isKeyed =
                    store.tables().stream().anyMatch(table -> table.name().equals(outcome.table()) && table.hasKey());
            if (outcome instanceof TableOutcome.Compared compared && isKeyed) {
                compared.counts().toRepair().forEach((kind, count) -> planned.merge(kind, count, Long::sum));
            }
        }
        Map<Place, Optional<Rows>> keyed = new HashMap<>(seen);
        keyed.keySet().removeIf(place -> !world.copy.table(place.table()).hasKey());
        assertThat(planned).as("planned").isEqualTo(oracle.planned(keyed));
        return plan;
    }

    private RepairReport repaired(RepairPlan plan) {
        return untilDone(process -> {
            try (var repairs = store.repairs(process)) {
                return new Repair(repairs, archive, (step, done, of) -> process.step()).run(request(plan));
            } catch (Refused refused) {
                throw new AssertionError(refused);
            }
        });
    }

    private RepairReport undone(RepairPlan plan) {
        return untilDone(process -> {
            try (var repairs = store.repairs(process)) {
                return new Undo(repairs, archive, (step, done, of) -> process.step()).run(request(plan));
            } catch (Refused refused) {
                assertThat(refused.refusal().code()).isEqualTo("LB-416");
                return new RepairReport(plan.id(), Map.of(), java.util.List.of(), new Verification.NotAsked());
            }
        });
    }

    private static RepairRequest request(RepairPlan plan) {
        return new RepairRequest(
                plan.id(), HERE, World.NOW, RepairRequest.DEFAULT_MAX_AGE, new Cap(100, true), "a test");
    }

    private <T> T untilDone(Function<Mortal, T> work) {
        for (int attempt = 0; ; attempt++) {
            int steps = attempt == 3 || world.random.nextInt(3) == 0 ? Mortal.NEVER : world.random.nextInt(120);
            Mortal process = new Mortal(steps, () -> {});
            try {
                return work.apply(process);
            } catch (Mortal.Killed died) {
                attempts++;
            } catch (RuntimeException broken) {
                if (!process.isDead()) {
                    throw broken;
                }
                attempts++;
            }
            meanwhile();
        }
    }

    private void meanwhile() {
        for (int i = world.random.nextInt(world.writesInHundredSteps + 1); i > 0; i -= 10) {
            application.write();
        }
    }

    /// Every row is what it had to become, or what the application wrote since, or listed.
    ///
    /// @return what live held before, where the repair wrote
    private Map<Place, Optional<Rows>> judgeRepair(RepairPlan plan, RepairReport report) {
        Map<Place, Why> skipped = skipped(report);
        Map<Place, Rows> live = store.all();
        Map<Place, Optional<Rows>> ours = new HashMap<>();
        for (Place place : places(live)) {
            Optional<Rows> now = Optional.ofNullable(live.get(place));
            Optional<Rows> before = seen.getOrDefault(place, Optional.empty());
            boolean repaired = oracle.of(place, before) == Oracle.Fate.REPAIRED;
            Optional<Rows> written = application.written().get(place);
            if (written != null) {
                boolean again = repaired && written.equals(before) && now.equals(world.copy.at(place));
                assertThat(again ? written : now)
                        .as("%s was written since", place)
                        .isEqualTo(written);
            } else if (!repaired) {
                assertThat(now).as("%s must stay what it was", place).isEqualTo(before);
            } else if (!now.equals(world.copy.at(place))) {
                assertThat(now)
                        .as("%s is neither what it was nor what the copy holds", place)
                        .isEqualTo(before);
                assertThat(skipped.containsKey(place) || isListed(place, report))
                        .as("%s is damage that is neither gone nor listed", place)
                        .isTrue();
            } else {
                ours.put(place, before);
            }
        }
        assertThat(report.total().written()
                        + report.total().alreadyDone()
                        + report.total().skipped().size())
                .as("each planned row is counted once")
                .isEqualTo(plan.counts().repairs());
        return ours;
    }

    /// Rows without a key have other names in a report.
    private boolean isListed(Place place, RepairReport report) {
        return !world.copy.table(place.table()).hasKey()
                && report.tables().containsKey(place.table())
                && !report.tables().get(place.table()).skipped().isEmpty();
    }

    private Set<Place> places(Map<Place, Rows> live) {
        Set<Place> places = new HashSet<>(seen.keySet());
        places.addAll(live.keySet());
        places.addAll(application.written().keySet());
        return places;
    }

    private Map<Place, Why> skipped(RepairReport report) {
        Map<Place, Why> skipped = new HashMap<>();
        report.tables()
                .forEach((table, outcome) -> outcome.skipped()
                        .forEach(one -> store.key(world.copy.table(table), one.key())
                                .ifPresent(key -> skipped.put(new Place(table, key), one.why()))));
        return skipped;
    }

    /// What the repair wrote comes back, and nothing else moves.
    private void undo(RepairPlan plan, Map<Place, Optional<Rows>> ours) {
        Map<Place, Rows> before = store.all();
        application.forget();
        int killed = attempts;
        RepairReport report = undone(plan);
        Map<Place, Why> skipped = skipped(report);
        Map<Place, Rows> live = store.all();
        for (Place place : places(live)) {
            Optional<Rows> now = Optional.ofNullable(live.get(place));
            Optional<Rows> was = Optional.ofNullable(before.get(place));
            Optional<Rows> back = ours.getOrDefault(place, was);
            Optional<Rows> written = application.written().get(place);
            if (written != null) {
                assertThat(now).as("%s was written since", place).isIn(written, back);
            } else if (!now.equals(back)) {
                assertThat(now).as("%s after the undo", place).isEqualTo(was);
                boolean unknown = !store.knowsFates() && killed > 0;
                assertThat(unknown || skipped.containsKey(place) || isListed(place, report))
                        .as("%s did not come back and is not listed", place)
                        .isTrue();
            }
        }
    }
}
