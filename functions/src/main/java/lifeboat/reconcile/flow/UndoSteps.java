package lifeboat.reconcile.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.ArchiveUndoLog;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.PieceJson;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.ReportText;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoPass;
import lifeboat.reconcile.flow.Run.Work;

/// The way back, some batches at a time, the last one first.
public final class UndoSteps {
    /// Of some thousand rows each.
    private static final int BATCHES = 25;

    private final Writing writing;
    private final Runs runs;

    UndoSteps(Writing writing) {
        this.writing = writing;
        this.runs = writing.runs();
    }

    /// Looks what there is to be taken back, and takes the right to write. Nothing is written.
    ///
    /// @return how many pieces there are
    public int begin(RunId id) {
        if (!runs.has(id, "pieces")) {
            step(id, (store, plan) -> {
                List<String> files = new ArchiveUndoLog(runs.archive(), plan.id()).files();
                if (files.isEmpty()) {
                    throw new Invalid(
                            "LB-416",
                            "plan \"%s\" was never carried out from here. hint: check the id".formatted(plan.id()));
                }
                ObjectNode pieces = JsonNodeFactory.instance.objectNode();
                files.reversed().forEach(pieces.withArray("files")::add);
                runs.keep(id, "pieces", pieces);
            });
        }
        return Math.ceilDiv(files(id).size(), BATCHES);
    }

    /// Takes some batches back; those that a constraint refuses rows of stay open.
    public void takeBack(RunId id, int piece) {
        String name = "undone/%05d".formatted(piece);
        if (runs.has(id, name)) {
            return;
        }
        step(id, (store, plan) -> {
            UndoPass pass = pass(store, plan.id());
            List<String> all = files(id);
            pass.run(all.subList(piece * BATCHES, Math.min((piece + 1) * BATCHES, all.size())));
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.set("tables", PieceJson.of(pass.outcomes()));
            pass.open().forEach(node.putArray("open")::add);
            runs.keep(id, name, node);
        });
    }

    /// Takes back what was open, ends the run and gives the right to write back.
    public void end(RunId id) {
        Run run = runs.run(id);
        if (runs.ended(id).isEmpty()) {
            step(id, (store, plan) -> {
                UndoPass pass = pass(store, plan.id());
                Map<TableName, BatchOutcome> total = new LinkedHashMap<>();
                for (int piece = 0; piece < Math.ceilDiv(files(id).size(), BATCHES); piece++) {
                    JsonNode undone = runs.left(id, "undone/%05d".formatted(piece));
                    RepairSteps.add(total, PieceJson.outcomes(undone.path("tables")));
                    pass.takeOn(texts(undone.path("open")));
                }
                pass.again();
                RepairSteps.add(total, pass.outcomes());
                runs.end(id, ended(run, plan.id(), total));
            });
        }
        writing.giveBack(run, work(run).plan());
    }

    private static Ended ended(Run run, PlanId plan, Map<TableName, BatchOutcome> total) {
        var report = new RepairReport(plan, total, List.of(), new RepairReport.Verification.NotAsked());
        boolean whole = report.total().skipped().isEmpty();
        String headline = "%s %s: %,d rows, %,d skipped"
                .formatted(
                        run.resource(),
                        whole ? "UNDONE" : "PARTLY UNDONE",
                        report.total().written() + report.total().alreadyDone(),
                        report.total().skipped().size());
        return new Ended(
                whole ? Ended.State.UNDONE : Ended.State.PARTLY_UNDONE,
                headline,
                ReportText.of(report, "taken back"),
                Optional.of(plan));
    }

    private UndoPass pass(Repairs store, PlanId plan) {
        return new UndoPass(store, new ArchiveUndoLog(runs.archive(), plan), Progress.SILENT);
    }

    private List<String> files(RunId id) {
        return texts(runs.left(id, "pieces").path("files"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
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
