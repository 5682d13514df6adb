package lifeboat.reconcile.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentName;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.ArchiveUndoLog;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.Chunk;
import lifeboat.reconcile.Disclosure;
import lifeboat.reconcile.PieceJson;
import lifeboat.reconcile.PlanStore;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPass;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RepairRequest;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.ReportText;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.Verifier;
import lifeboat.reconcile.Verifier.Looked;
import lifeboat.reconcile.flow.Run.Work;

/// A repair, chunk by chunk: each step can be called again after it was broken off anywhere, for rows that are done are
/// seen to be done.
public final class RepairSteps {
    /// How many chunks fit the history of an execution: each is repaired, then verified.
    public static final int MOST_CHUNKS = 1_500;

    private final Writing writing;
    private final Environment environment;
    private final Runs runs;
    private final InstantSource clock;

    RepairSteps(Writing writing, Environment environment, InstantSource clock) {
        this.writing = writing;
        this.environment = environment;
        this.runs = writing.runs();
        this.clock = clock;
    }

    /// Looks whether anything speaks against the plan, and takes the right to repair. Nothing is written.
    ///
    /// @return how many chunks there are
    /// @throws Invalid when anything does
    public int begin(RunId id) {
        Run run = runs.run(id);
        Work.Apply asked = work(run);
        int[] chunks = {0};
        writing.step(run, asked.plan(), asked.triggers(), (store, plan) -> {
            approved(plan, asked, environment.name(), clock);
            writing.standing(run).refuse(asked.acceptCopy());
            new PlanStore(runs.archive()).check(plan);
            chunks[0] = plan.chunks().size();
        });
        if (chunks[0] > MOST_CHUNKS) {
            throw new Invalid(
                    "LB-452",
                    "the repair would take %,d pieces; at most %,d are allowed. hint: compare again, and choose \"tables\" or \"keys\""
                            .formatted(chunks[0], MOST_CHUNKS));
        }
        return chunks[0];
    }

    /// Refuses a plan of another environment, a stale one, and one that changes more than the cap allows.
    static void approved(RepairPlan plan, Work.Apply asked, EnvironmentName environment, InstantSource clock) {
        Optional<Refusal> refusal = plan.refuses(environment, clock.instant(), RepairRequest.DEFAULT_MAX_AGE)
                .or(() -> asked.cap().refuses(plan.counts()));
        if (refusal.isPresent()) {
            throw Writing.invalid(refusal.get());
        }
    }

    /// Repairs one chunk, parents before children; what a constraint refuses waits.
    ///
    /// @param piece its number in the order of work
    public void repair(RunId id, int piece) {
        String name = "repaired/%05d".formatted(piece);
        if (runs.has(id, name)) {
            return;
        }
        step(id, (store, plan) -> {
            RepairPass pass = pass(store, plan);
            pass.run(RepairPass.inOrder(plan.chunks()).get(piece));
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.set("tables", PieceJson.of(pass.outcomes()));
            node.set("waiting", PieceJson.of(pass.waiting()));
            runs.keep(id, name, node);
        });
    }

    /// Repairs what waited for other rows, and adds up what became of all.
    public void again(RunId id) {
        if (runs.has(id, "total")) {
            return;
        }
        step(id, (store, plan) -> {
            RepairPass pass = pass(store, plan);
            Map<TableName, BatchOutcome> total = new LinkedHashMap<>();
            for (int piece = 0; piece < plan.chunks().size(); piece++) {
                JsonNode repaired = runs.left(id, "repaired/%05d".formatted(piece));
                add(total, PieceJson.outcomes(repaired.path("tables")));
                PieceJson.waiting(repaired.path("waiting")).forEach(pass::takeOn);
            }
            pass.again();
            add(total, pass.outcomes());
            new ArchiveUndoLog(runs.archive(), plan.id()).seal();
            runs.keep(id, "total", JsonNodeFactory.instance.objectNode().set("tables", PieceJson.of(total)));
        });
    }

    /// Looks at the rows of one chunk again: does live hold what the plan wanted?
    public void verify(RunId id, int piece) {
        String name = "verified/%05d".formatted(piece);
        if (runs.has(id, name)) {
            return;
        }
        Run run = runs.run(id);
        writing.look(run, work(run).plan(), work(run).triggers(), (store, plan) -> {
            Chunk chunk = RepairPass.inOrder(plan.chunks()).get(piece);
            Verifier verifier = new Verifier(store, new PlanStore(runs.archive()), plan, Progress.SILENT);
            verifier.look(chunk, skipped(total(id), chunk.table()));
            runs.keep(id, name, PieceJson.of(verifier.looked()));
        });
    }

    private static Set<RowKey> skipped(Map<TableName, BatchOutcome> total, TableName table) {
        return total.getOrDefault(table, BatchOutcome.NOTHING).skipped().stream()
                .map(Skipped::key)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// Moves sequences forward, ends the run and gives the right to repair back.
    public void end(RunId id) {
        Run run = runs.run(id);
        if (runs.ended(id).isEmpty()) {
            step(id, (store, plan) -> {
                Looked looked = Looked.AT_NOTHING;
                for (int piece = 0; piece < plan.chunks().size(); piece++) {
                    looked = looked.plus(PieceJson.looked(runs.left(id, "verified/%05d".formatted(piece))));
                }
                RepairReport report = new RepairReport(plan.id(), total(id), store.settle(plan), looked.verification());
                runs.end(id, ended(run, plan, report));
            });
        }
        writing.giveBack(run, work(run).plan());
    }

    private Ended ended(Run run, RepairPlan plan, RepairReport report) {
        BatchOutcome total = report.total();
        boolean whole = report.verification() instanceof RepairReport.Verification.Verified
                && total.skipped().isEmpty();
        String headline = "%s %s: %,d rows, %,d skipped"
                .formatted(
                        run.resource(),
                        whole ? "REPAIRED" : "PARTLY REPAIRED",
                        total.written() + total.alreadyDone(),
                        total.skipped().size());
        return new Ended(
                whole ? Ended.State.REPAIRED : Ended.State.PARTLY_REPAIRED,
                headline,
                ReportText.of(
                        report,
                        "repaired",
                        Disclosure.outside(environment.contacts().rowKeys())),
                Optional.of(plan.id()));
    }

    private Map<TableName, BatchOutcome> total(RunId id) {
        return PieceJson.outcomes(runs.left(id, "total").path("tables"));
    }

    private RepairPass pass(Repairs store, RepairPlan plan) {
        return new RepairPass(
                store,
                new PlanStore(runs.archive()),
                plan,
                new ArchiveUndoLog(runs.archive(), plan.id()),
                Progress.SILENT);
    }

    private void step(RunId id, Writing.Step step) {
        Run run = runs.run(id);
        writing.step(run, work(run).plan(), work(run).triggers(), step);
    }

    static void add(Map<TableName, BatchOutcome> total, Map<TableName, BatchOutcome> some) {
        some.forEach((table, outcome) -> total.merge(table, outcome, BatchOutcome::plus));
    }

    private static Work.Apply work(Run run) {
        return switch (run.work()) {
            case Work.Apply apply -> apply;
            case Work.Compare _, Work.TakeBack _ ->
                throw new Invalid("LB-450", "run \"%s\" is not allowed: it is no repair".formatted(run.id()));
        };
    }
}
