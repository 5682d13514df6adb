package lifeboat.local.reconcile;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.PlanStore;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.RepairRequest;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.ReportText;
import lifeboat.reconcile.Verdict;
import lifeboat.reconcile.sql.Triggers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `repair`: carries out one plan, by its id.
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = Outcome.INCOMPLETE,
        description =
                "Carries out one plan of diff: each row only if live still is what the plan saw. Can be given again after it broke off.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:repaired and verified",
            "1:rows were skipped",
            "2:refused, failed, or not everything was compared"
        })
public final class RepairCommand implements Callable<Integer> {
    private static final Pattern PROCESS = Pattern.compile(", process (\\d{1,18})$");

    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    private Endpoints endpoints = new Endpoints();

    @Option(names = "--plan", required = true, paramLabel = "ID", description = "The id that diff printed.")
    private String plan = "";

    @Option(
            names = "--cap",
            paramLabel = "PERCENT",
            description =
                    "How much of the rows a plan may change; a plan that changes more than 20 %% needs this word.")
    private Optional<Double> cap = Optional.empty();

    @Option(
            names = "--triggers",
            paramLabel = "MODE",
            defaultValue = "ask",
            description =
                    "User triggers of live: fire, off (PostgreSQL; needs the owner of the tables), or ask. Default: ${DEFAULT-VALUE}")
    private Triggers triggers = Triggers.ASK;

    public RepairCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        return Outcome.told(out, err, endpoints.json, Outcome.WHOLE, this::repair);
    }

    private int repair() throws Refused {
        PlanId id = new PlanId(plan);
        LocalArchive archive = endpoints.archive();
        RepairPlan approved = new PlanStore(archive).plan(id);
        var tables = approved.header().rules().selection().tables();
        try (ConsoleProgress progress = ConsoleProgress.on(err);
                Repairs store = endpoints.store().repairs(endpoints.copy, endpoints.live, tables, triggers)) {
            RepairReport report = new Repair(store, archive, progress)
                    .run(request(
                            endpoints,
                            id,
                            cap.map(percent -> new Cap(percent, false)).orElse(Cap.DEFAULT)));
            progress.end();
            show(report);
            return code(approved, report);
        }
    }

    static RepairRequest request(Endpoints endpoints, PlanId id, Cap cap) {
        String who = System.getProperty("user.name", "somebody") + ", process "
                + ProcessHandle.current().pid();
        return new RepairRequest(
                id, endpoints.environmentName(), Clock.systemUTC().instant(), RepairRequest.DEFAULT_MAX_AGE, cap, who);
    }

    /// Whether a holder of a lease, as [#request] names it, is no longer a process of this machine.
    static boolean isDead(String who) {
        var process = PROCESS.matcher(who);
        return process.find()
                && ProcessHandle.of(Long.parseLong(process.group(1))).isEmpty();
    }

    private static int code(RepairPlan plan, RepairReport report) {
        if (plan.verdict() == Verdict.INCOMPLETE) {
            return Outcome.INCOMPLETE;
        }
        boolean verified = report.verification() instanceof RepairReport.Verification.Verified;
        return verified && report.total().skipped().isEmpty() ? Outcome.EQUAL : Outcome.DIFFERENT;
    }

    private void show(RepairReport report) {
        if (endpoints.json) {
            out.println(ReportText.json(report).toPrettyString());
        } else {
            out.print(ReportText.of(report, "repaired"));
            out.println();
            out.println("To take it back:  ./lifeboat undo --plan %s %s".formatted(report.plan(), endpoints.typed()));
        }
        out.flush();
    }
}
