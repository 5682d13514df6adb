package lifeboat.local.reconcile;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.Choice;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.PlanJson;
import lifeboat.reconcile.PlanText;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.SelectionCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `diff`: says exactly what differs between a restored copy and live, and makes a plan. Writes nothing to either.
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = Outcome.INCOMPLETE,
        description =
                "Says exactly what differs between a restored copy and live, and makes a repair plan. Writes to neither.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:equal", "1:differences found", "2:not everything could be compared"})
public final class DiffCommand implements Callable<Integer> {
    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    private Endpoints endpoints = new Endpoints();

    @Mixin
    private ChoiceOptions options = new ChoiceOptions();

    @Option(
            names = "--explained-by",
            paramLabel = "COLUMN",
            description =
                    "Column with the time of a row's last write: later writes are good ones and stay. Several with commas: the first that a table has.")
    private Optional<String> explainedBy = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description =
                    "The point in time whose state the copy holds. Default with --explained-by: the newest write in the copy.")
    private Optional<Instant> at = Optional.empty();

    @Option(
            names = "--samples",
            defaultValue = "5",
            description = "Differences shown a table and class. Default: ${DEFAULT-VALUE}")
    private int samples = 5;

    public DiffCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws Exception {
        return Outcome.told(out, err, endpoints.json, Outcome.UNTOUCHED, this::diff);
    }

    private int diff() {
        Store store = endpoints.store();
        Choice choice = options.choice();
        var tables = choice.tables(store::table);
        var purges = choice.purges(store::table);
        var question = new Store.Question(endpoints.copy, endpoints.live, tables, explainedBy, purges);
        try (ConsoleProgress progress = ConsoleProgress.on(err);
                Comparison comparison = store.comparison(question)) {
            Instant now = Clock.systemUTC().instant();
            Rules rules = choice.rules(store::table, now, explainedBy, pointInTime(comparison, now));
            new SelectionCheck(comparison, "--").check(rules);
            RepairPlan plan = new Diff(comparison, endpoints.archive(), progress)
                    .plan(endpoints.environmentName(), rules, UUID.randomUUID().toString(), samples, now);
            progress.end();
            show(plan);
            return Outcome.of(plan.verdict());
        }
    }

    private Optional<Instant> pointInTime(Comparison comparison, Instant now) {
        if (at.isPresent() || explainedBy.isEmpty()) {
            return at;
        }
        Optional<Instant> newest = comparison.newestInCopy();
        if (newest.isEmpty()) {
            throw new Invalid(
                    "LB-409",
                    "--explained-by \"%s\" is not allowed: no compared table of the copy has a time there"
                            .formatted(explainedBy.get()));
        }
        if (newest.get().isAfter(now)) {
            throw new Invalid(
                    "LB-437",
                    "--explained-by \"%s\" is not allowed without --at: the newest time there in the copy, %s, has not come yet"
                            .formatted(explainedBy.get(), newest.get()));
        }
        return newest;
    }

    private void show(RepairPlan plan) {
        if (endpoints.json) {
            out.println(PlanJson.of(plan).toPrettyString());
        } else {
            out.print(PlanText.of(plan));
            if (plan.counts().repairs() > 0) {
                out.println();
                out.println(
                        "Whether the copy passed its checks is not known here: look at the result of its recovery.");
                out.println("Nothing was written. To repair exactly this, within %d hours:"
                        .formatted(Duration.ofDays(1).toHours()));
                out.println("  ./lifeboat repair --plan %s %s".formatted(plan.id(), endpoints.typed()));
            }
        }
        out.flush();
    }
}
