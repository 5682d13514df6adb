package lifeboat.infra;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Application;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentReview;
import lifeboat.catalog.InvalidEnvironment;
import lifeboat.catalog.Resource.AuroraCluster;
import lifeboat.catalog.Resource.RdsInstance;
import lifeboat.infra.audit.AuditStack;
import lifeboat.infra.failover.FailoverStack;
import lifeboat.infra.failover.RegionSwitchStack;
import lifeboat.infra.lab.LabRehearsalStack;
import lifeboat.infra.lab.LabStack;
import lifeboat.infra.ledger.LedgerStack;
import lifeboat.infra.messages.MessagesStack;
import lifeboat.infra.plans.PlansStack;
import lifeboat.infra.protection.ProtectionStack;
import lifeboat.infra.recovery.RecoveryStack;
import lifeboat.infra.site.Assets;
import lifeboat.infra.site.Site;
import lifeboat.infra.testing.RestoreTestingStack;
import lifeboat.infra.vault.VaultStack;
import lifeboat.protection.CostEstimate;
import lifeboat.protection.PlanReview;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;

/// The stacks of one environment, in both of its regions. `cdk` runs it, with `-c env=NAME` or `-c env=PATH`.
public final class LifeboatApp {
    private static final Path ROOT = Path.of("");

    private LifeboatApp() {}

    /// Synthesizes the chosen environment, or says on one page what is wrong with its file or its backup plan.
    public static void main(String[] args) {
        var app = new App();
        var chosen = Optional.ofNullable(app.getNode().tryGetContext("env"))
                .map(Object::toString)
                .orElse("lab");
        var file = environmentFile(chosen);
        try {
            var read = EnvironmentReview.of(file);
            var review = right(file, read);
            var environment = read.whole();
            var report = review.report().orElseThrow();
            System.err.println(report.table()
                    + unreachable(environment)
                    + unprotected(environment)
                    + notInEffect(review)
                    + cost(review));
            if (isName(chosen)) {
                GuaranteePage.write(ROOT, chosen, report);
            }
            add(app, environment, Assets.built(ROOT, file), Instant.now());
            app.synth();
        } catch (InvalidEnvironment refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    /// What the plan guarantees to every resource, and what it costs.
    ///
    /// @throws InvalidEnvironment with everything that is wrong: with the file, with rules that AWS Backup would
    ///     refuse, with objectives that they cannot meet
    private static PlanReview right(Path file, EnvironmentReview read) {
        var review = PlanReview.of(read, LocalDate.now(ZoneOffset.UTC));
        if (!review.problems().isEmpty()) {
            throw new InvalidEnvironment(file.toString(), review.problems());
        }
        return review;
    }

    /// The keys that the file gives and that this version does not carry out.
    private static String notInEffect(PlanReview review) {
        return review.notInEffect().stream().map(key -> key + "\n").collect(joining());
    }

    private static String cost(PlanReview review) {
        return review.cost().map(CostEstimate::text).orElse("");
    }

    /// What is legal but would end in checks that cannot run.
    private static String unreachable(Environment environment) {
        var deployment = environment.deployment();
        var databases = environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .anyMatch(resource -> resource instanceof RdsInstance || resource instanceof AuroraCluster);
        return databases && deployment.network().isEmpty() && deployment.lab().isEmpty()
                ? "note: databases are protected, but network is absent: the checks stand in no VPC, and where they cannot"
                        + " reach a copy its verdict is unmeasured\n"
                : "";
    }

    /// Protected from the start, a first deployment that failed could not be tried again.
    private static String unprotected(Environment environment) {
        return environment.deployment().deletionProtection()
                ? ""
                : "note: nothing protects the stacks and the ledger from being deleted; set deletionProtection: true"
                        + " when the first deployment has succeeded\n";
    }

    /// Adds every stack of the environment to the app. Synthesizing needs Node and no account.
    ///
    /// Stacks name each other's things by texts, which CDK does not see: what keeps data stands first, what uses it
    /// follows, and the order is said here.
    public static void add(App app, Environment environment, Assets assets) {
        add(app, environment, assets, Instant.EPOCH);
    }

    /// The same at a given time, which only the lab's rehearsal shows: it is of this deployment and no other.
    static void add(App app, Environment environment, Assets assets, Instant deployedAt) {
        settings(app);
        var primary = Site.primary(environment);
        var recovery = Site.recovery(environment);
        var messages = new MessagesStack(app, primary);
        var messagesThere = new MessagesStack(app, recovery);
        var vaults = vaults(app, messages, messagesThere, primary, recovery);
        var lab = environment.deployment().lab().map(asked -> new LabStack(app, primary, asked));
        var kept = kept(app, primary, vaults);
        lab.ifPresent(kept::add);
        var there = after(kept, new RecoveryStack(app, recovery, assets, messagesThere, Optional.empty()));
        var here = after(kept, new RecoveryStack(app, primary, assets, messages, lab.map(LabStack::network)));
        lab.ifPresent(_ -> after(List.of(here), new LabRehearsalStack(app, primary, deployedAt)));
        after(kept, new ProtectionStack(app, primary));
        addWhatIsAskedFor(app, primary, recovery, vaults, List.of(here, there));
        Tags.of(app).add("lifeboat:environment", environment.name().value());
    }

    private static List<Stack> vaults(
            App app, MessagesStack messages, MessagesStack messagesThere, Site primary, Site recovery) {
        var vaults = new ArrayList<Stack>();
        vaults.add(new VaultStack(app, primary, messages));
        vaults.add(new VaultStack(app, recovery, messagesThere));
        Site.isolated(primary.environment()).ifPresent(isolated -> vaults.add(new VaultStack(app, isolated, null)));
        return vaults;
    }

    /// Every stack that keeps data, the vaults among them.
    private static List<Stack> kept(App app, Site primary, List<Stack> vaults) {
        var kept = new ArrayList<>(vaults);
        kept.add(new LedgerStack(app, primary));
        kept.add(new PlansStack(app, primary));
        primary.environment()
                .deployment()
                .audit()
                .ifPresent(audit -> kept.add(after(vaults, new AuditStack(app, primary, audit))));
        return kept;
    }

    private static <S extends Stack> S after(List<? extends Stack> first, S stack) {
        first.forEach(stack::addStackDependency);
        return stack;
    }

    /// Stacks of one region may lean on each other, and a template is judged before it leaves. Subnets are known by
    /// their ids alone: nobody asks for their routes.
    private static void settings(App app) {
        app.getNode().setContext("@aws-cdk/core:validateAgainstDefaultRules", true);
        app.getNode().setContext("@aws-cdk/core:defaultCrossStackReferences", "strong");
        Annotations.of(app).acknowledgeWarning("@aws-cdk/aws-ec2:noSubnetRouteTableId");
    }

    private static void addWhatIsAskedFor(
            App app, Site primary, Site recovery, List<Stack> vaults, List<RecoveryStack> recoveries) {
        var environment = primary.environment();
        var asked = environment.deployment();
        asked.restoreTesting().ifPresent(every -> after(vaults, new RestoreTestingStack(app, primary, every)));
        if (asked.regionSwitch()) {
            after(recoveries, new RegionSwitchStack(app, primary, recovery));
        }
        var moving = environment.workloads().stream()
                .filter(workload ->
                        workload.application().flatMap(Application::failover).isPresent())
                .toList();
        if (!moving.isEmpty()) {
            new FailoverStack(app, primary, moving);
        }
    }

    private static boolean isName(String chosen) {
        return chosen.matches("[a-z0-9-]+");
    }

    /// A name stands for a file under `infra/environments`; whatever looks like a path is one.
    static Path environmentFile(String chosen) {
        return isName(chosen) ? ROOT.resolve("infra/environments/" + chosen + ".yaml") : Path.of(chosen);
    }
}
