package lifeboat.reconcile.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.ChangedOnBothSides;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.KeyRange;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RepairRequest;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TimeAnomaly;
import lifeboat.reconcile.TimeWindow;
import lifeboat.reconcile.Undo;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;

/// Everything that one seed draws: tables, a copy, a live store that was damaged and goes on being written, what a
/// person asks for, and when processes are killed.
public final class World {
    static final Instant NOW = Shape.POINT.plusSeconds(3600);
    private static final EnvironmentName HERE = new EnvironmentName("prod");

    final RandomGenerator random;
    final Shape shape;
    final MemorySide copy;
    final MemorySide live;
    final MemoryServer server;
    final Application application;
    final Rules rules;
    final List<TableName> unreadable;
    final MemoryArchive archive = MemoryArchive.empty();
    final Map<Place, Optional<Rows>> seen = new HashMap<>();
    final Map<Place, Integer> seenAt = new HashMap<>();
    final int writesInHundredSteps;
    private final boolean killed;
    private int drafts;

    World(long seed) {
        this(seed, Traits.MEMORY);
    }

    World(long seed, Traits traits) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.shape = new Shape(random, traits);
        this.copy = shape.filled(shape.tables());
        this.live = new MemorySide(copy.tables());
        live.fill(copy);
        this.application = new Application(copy, live, shape, random);
        this.writesInHundredSteps = random.nextInt(3) == 0 ? 0 : random.nextInt(60);
        this.killed = random.nextInt(4) > 0;
        Damage damage = new Damage(live, shape, random);
        damage.some();
        for (int i = random.nextInt(6); i > 0; i--) {
            application.write();
        }
        damage.some();
        application.forget();
        this.rules = rules();
        this.unreadable = random.nextInt(8) == 0 ? List.of(any().name()) : List.of();
        this.server = new MemoryServer(live, habits());
    }

    private MemoryTable any() {
        return copy.tables().get(random.nextInt(copy.tables().size()));
    }

    private MemoryServer.Habits habits() {
        Set<Place> rewritten = new HashSet<>();
        if (random.nextInt(6) == 0) {
            copy.all().keySet().stream().filter(place -> random.nextInt(6) == 0).forEach(rewritten::add);
        }
        return new MemoryServer.Habits(
                random.nextInt(4) > 0,
                random.nextInt(3) > 0,
                random.nextInt(3) > 0,
                1 + random.nextInt(12),
                Set.copyOf(rewritten));
    }

    private Rules rules() {
        if (random.nextInt(3) == 0) {
            return Rules.plain(NOW);
        }
        boolean byTime = random.nextInt(4) > 0;
        Optional<TimeWindow> window = byTime && random.nextInt(4) == 0
                ? Optional.of(new TimeWindow(Shape.POINT.plusSeconds(10), Shape.POINT.plusSeconds(60)))
                : Optional.empty();
        List<ChangedOnBothSides> policies = List.of(ChangedOnBothSides.values());
        return new Rules(
                Optional.of(Shape.POINT),
                NOW,
                Duration.ofSeconds(5),
                byTime ? Optional.of(MemoryTable.TIME) : Optional.empty(),
                random.nextBoolean(),
                random.nextBoolean()
                        ? List.of()
                        : List.of(new Rules.PurgeRule(
                                any().name(), MemoryTable.CLOSED, Shape.POINT.minusSeconds(100_000))),
                selection(window),
                policies.get(random.nextInt(policies.size())));
    }

    private Selection selection(Optional<TimeWindow> window) {
        Set<TableName> tables = random.nextInt(4) == 0 ? Set.of(any().name()) : Set.of();
        Map<TableName, List<KeyRange>> keys = new HashMap<>();
        MemoryTable table = any();
        if (random.nextInt(4) == 0 && table.hasKey()) {
            int from = random.nextInt(10);
            keys.put(table.name(), List.of(new KeyRange("" + from, "" + (from + random.nextInt(9)))));
        }
        Set<DifferenceClass> classes = new HashSet<>(List.of(DifferenceClass.values()));
        if (random.nextInt(4) == 0) {
            classes.remove(DifferenceClass.values()[random.nextInt(3)]);
        }
        Set<TimeAnomaly> anomalies = random.nextInt(3) > 0 ? Set.of() : Set.of(TimeAnomaly.values()[random.nextInt(2)]);
        return new Selection(tables, keys, window, classes, anomalies);
    }

    /// A process that is killed after some steps, or lives.
    private Mortal mortal(boolean lives) {
        int steps = lives || !killed || random.nextInt(3) == 0 ? Mortal.NEVER : random.nextInt(80);
        return new Mortal(steps, () -> {
            if (random.nextInt(100) < writesInHundredSteps) {
                application.write();
            }
        });
    }

    /// Does something again and again until no process is killed over it, at last by one that lives.
    <T> T untilDone(Function<Mortal, T> work) {
        for (int attempt = 0; ; attempt++) {
            try {
                return work.apply(mortal(attempt == 4));
            } catch (Mortal.Killed died) {
                server.memory().holder = Optional.empty(); // the lock of a connection ends with it
            }
        }
    }

    /// Does something once; empty: it was killed over it.
    <T> Optional<T> once(Function<Mortal, T> work) {
        try {
            return Optional.of(work.apply(mortal(false)));
        } catch (Mortal.Killed died) {
            server.memory().holder = Optional.empty();
            return Optional.empty();
        }
    }

    RepairPlan plan(Mortal process) {
        seen.clear();
        var comparison = new MemoryComparison(copy, live, rules, process, unreadable, (place, rows) -> {
            seen.put(place, rows);
            seenAt.put(place, application.last(place));
        });
        return new Diff(comparison, archive.seenBy(process), Progress.SILENT)
                .plan(HERE, rules, "d" + drafts++, random.nextInt(3), NOW);
    }

    RepairReport repair(Mortal process, RepairPlan plan) {
        try (var store = new MemoryRepairs(copy, server, process)) {
            return new Repair(store, archive.seenBy(process), Progress.SILENT).run(request(plan));
        } catch (Refused refused) {
            throw new AssertionError(refused);
        }
    }

    RepairReport undo(Mortal process, RepairPlan plan, UndoEntries entries) throws Refused {
        try (var store = new MemoryRepairs(copy, server, process)) {
            return new Undo(store, archive.seenBy(process), Progress.SILENT).run(request(plan), entries);
        }
    }

    private static RepairRequest request(RepairPlan plan) {
        return new RepairRequest(plan.id(), HERE, NOW, RepairRequest.DEFAULT_MAX_AGE, new Cap(100, true), "a test");
    }

    public List<MemoryTable> tables() {
        return copy.tables();
    }

    public MemorySide copy() {
        return copy;
    }

    public MemorySide live() {
        return live;
    }

    /// What live holds, and where it holds nothing.
    Map<Place, Optional<Rows>> now() {
        Map<Place, Optional<Rows>> now = new HashMap<>();
        places().forEach(place -> now.put(place, live.at(place)));
        return now;
    }

    /// Every place that anybody ever wrote to.
    Set<Place> places() {
        List<Place> places = new ArrayList<>(copy.all().keySet());
        places.addAll(live.all().keySet());
        places.addAll(seen.keySet());
        places.addAll(application.written().keySet());
        return new HashSet<>(places);
    }
}
