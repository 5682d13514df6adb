package lifeboat.reconcile.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.ArchiveUndoLog;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.Disclosure;
import lifeboat.reconcile.LeftEntry;
import lifeboat.reconcile.PieceJson;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.ReportText;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.UndoJson;
import lifeboat.reconcile.UndoPass;
import lifeboat.reconcile.UndoSelection;
import lifeboat.reconcile.UndoSelector;
import lifeboat.reconcile.UndoTarget;
import lifeboat.reconcile.flow.Run.Work;

/// The way back, some batches at a time, the last one first.
public final class UndoSteps {
    /// Of some thousand rows each.
    private static final int FILES = 25;

    private final Writing writing;
    private final Environment environment;
    private final Runs runs;

    UndoSteps(Writing writing, Environment environment) {
        this.environment = environment;
        this.writing = writing;
        this.runs = writing.runs();
    }

    /// Checks the undo log, looks what of it is undone, and takes the right to write. Nothing is written.
    ///
    /// @return how many pieces there are
    public int begin(RunId id) {
        if (!runs.has(id, "pieces")) {
            step(id, (store, plan) -> {
                ArchiveUndoLog log = new ArchiveUndoLog(runs.archive(), plan.id());
                UndoEntries entries = work(runs.run(id)).entries();
                runs.keep(id, "pieces", UndoJson.of(new UndoSelector(store, log, plan.id()).select(entries)));
            });
        }
        return Math.ceilDiv(selection(id).targets().size(), FILES);
    }

    /// Undoes some files of the log; rows that a constraint refuses wait.
    public void takeBack(RunId id, int piece) {
        String name = "undone/%05d".formatted(piece);
        if (runs.has(id, name)) {
            return;
        }
        step(id, (store, plan) -> {
            UndoPass pass = pass(store, plan.id());
            List<UndoTarget> all = selection(id).targets();
            pass.run(all.subList(piece * FILES, Math.min((piece + 1) * FILES, all.size())));
            runs.keep(id, name, UndoJson.of(pass));
        });
    }

    /// Undoes what waited, ends the run and gives the right to write back.
    public void end(RunId id) {
        Run run = runs.run(id);
        if (runs.ended(id).isEmpty()) {
            step(id, (store, plan) -> {
                UndoSelection selection = selection(id);
                UndoPass pass = pass(store, plan.id());
                Map<TableName, BatchOutcome> total = new LinkedHashMap<>();
                List<LeftEntry> left = new ArrayList<>(selection.left());
                for (int piece = 0; piece < Math.ceilDiv(selection.targets().size(), FILES); piece++) {
                    JsonNode undone = runs.left(id, "undone/%05d".formatted(piece));
                    RepairSteps.add(total, PieceJson.outcomes(undone.path("tables")));
                    UndoJson.waiting(undone).forEach(pass::takeOn);
                    left.addAll(UndoJson.left(undone));
                }
                pass.again();
                RepairSteps.add(total, pass.outcomes());
                left.addAll(pass.unreadable());
                List<String> notBroughtBack = new ArchiveUndoLog(runs.archive(), plan.id()).notBroughtBack(selection);
                runs.end(id, ended(run, plan.id(), total, notBroughtBack, left));
            });
        }
        writing.giveBack(run, work(run).plan());
    }

    private Ended ended(
            Run run,
            PlanId plan,
            Map<TableName, BatchOutcome> total,
            List<String> notBroughtBack,
            List<LeftEntry> left) {
        var report = new RepairReport(plan, total, notBroughtBack, new RepairReport.Verification.NotAsked(), left);
        String headline = "%s %s: %,d rows, %,d skipped"
                .formatted(
                        run.resource(),
                        report.whole() ? "UNDONE" : "PARTLY UNDONE",
                        report.total().written() + report.total().alreadyDone(),
                        report.total().skipped().size());
        return new Ended(
                report.whole() ? Ended.State.UNDONE : Ended.State.PARTLY_UNDONE,
                headline,
                ReportText.of(
                        report,
                        "undone",
                        Disclosure.outside(environment.contacts().rowKeys())),
                Optional.of(plan));
    }

    private UndoPass pass(Repairs store, PlanId plan) {
        return new UndoPass(store, new ArchiveUndoLog(runs.archive(), plan), Progress.SILENT);
    }

    private UndoSelection selection(RunId id) {
        return UndoJson.selection(runs.left(id, "pieces"));
    }

    private void step(RunId id, Writing.Step step) {
        Run run = runs.run(id);
        writing.step(run, work(run).plan(), work(run).triggers(), step);
    }

    private static Work.TakeBack work(Run run) {
        return switch (run.work()) {
            case Work.TakeBack undo -> undo;
            case Work.Compare _, Work.Apply _ ->
                throw new Invalid("LB-450", "run \"%s\" is not allowed: it is no undo".formatted(run.id()));
        };
    }
}
