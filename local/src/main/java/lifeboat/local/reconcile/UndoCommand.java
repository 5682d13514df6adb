package lifeboat.local.reconcile;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.PlanStore;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.ReportText;
import lifeboat.reconcile.Undo;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.sql.Triggers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `undo`: undoes one repair.
@Command(
        name = "undo",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = Outcome.INCOMPLETE,
        description =
                "Undoes a repair: each row only if live still holds what the repair wrote. Can be given again after it broke off.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:undone",
            "1:rows were skipped, or of entries nobody knows whether they were written",
            "2:refused or failed"
        })
public final class UndoCommand implements Callable<Integer> {
    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    private Endpoints endpoints = new Endpoints();

    @Option(
            names = "--plan",
            required = true,
            paramLabel = "ID",
            description = "The id of the plan that was carried out.")
    private String plan = "";

    @Option(
            names = "--entries",
            paramLabel = "N,N-N",
            description =
                    "Only these entries of the undo log, by the numbers that an undo printed: also where nobody knows whether the repair wrote them.")
    private Optional<String> entries = Optional.empty();

    @Option(
            names = "--triggers",
            paramLabel = "MODE",
            defaultValue = "ask",
            description = "As for repair. Default: ${DEFAULT-VALUE}")
    private Triggers triggers = Triggers.ASK;

    public UndoCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        return Outcome.told(out, err, endpoints.json, Outcome.WHOLE, this::undo);
    }

    private int undo() throws Refused {
        PlanId id = new PlanId(plan);
        LocalArchive archive = endpoints.archive();
        var tables =
                new PlanStore(archive).plan(id).header().rules().selection().tables();
        try (ConsoleProgress progress = ConsoleProgress.on(err);
                Repairs store = endpoints.store().repairs(endpoints.copy, endpoints.live, tables, triggers)) {
            RepairReport report = new Undo(store, archive, progress)
                    .run(RepairCommand.request(endpoints, id, Cap.DEFAULT), UndoEntries.parse("--entries", entries));
            progress.end();
            if (endpoints.json) {
                out.println(ReportText.json(report).toPrettyString());
            } else {
                out.print(ReportText.of(report, "undone"));
            }
            out.flush();
            return report.whole() ? Outcome.EQUAL : Outcome.DIFFERENT;
        }
    }
}
