package lifeboat.protection;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.AcceptedShortfall;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Objectives;
import lifeboat.catalog.Recoverability;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;
import lifeboat.protection.Promise.Verdict;

/// Compares what a plan guarantees with what every workload needs.
final class Promises {
    private final GuaranteedRpo guaranteed;
    private final LocalDate today;

    private Promises(GuaranteedRpo guaranteed, LocalDate today) {
        this.guaranteed = guaranteed;
        this.today = today;
    }

    /// One promise a resource and failure domain, in the order of the file; none of resources whose rules do not
    /// say when they fire.
    static List<Promise> of(Environment environment, LocalDate today) {
        var guaranteed = GuaranteedRpo.of(environment.schedules(), environment.recoveryAccount(), today);
        var promises = new Promises(guaranteed, today);
        return environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream()
                        .filter(resource -> canBeJudged(environment.schedules().rulesFor(resource.store())))
                        .flatMap(resource -> Arrays.stream(FailureDomain.values())
                                .map(domain -> promises.promise(workload, resource, domain))))
                .toList();
    }

    private static boolean canBeJudged(List<BackupRule> rules) {
        return !rules.isEmpty() && rules.stream().allMatch(PlanRules::canBeWalked);
    }

    private Promise promise(Workload workload, Resource resource, FailureDomain domain) {
        var objective = objective(workload, domain);
        var guarantee = guaranteed.of(resource, domain);
        var verdict = objective.map(rpo -> verdict(resource, guarantee, rpo, workload.accepted()));
        return new Promise(workload, resource, domain, objective, guarantee, verdict.orElse(Verdict.NOT_ENFORCED));
    }

    private static Optional<Duration> objective(Workload workload, FailureDomain domain) {
        return switch (domain) {
            case IN_REGION -> Optional.of(workload.objectives().rpo());
            case REGION_LOST -> workload.regionLost().map(Objectives::rpo);
            case ACCOUNT_LOST -> workload.accountLost().map(Objectives::rpo);
        };
    }

    private Verdict verdict(
            Resource resource, Guarantee guarantee, Duration rpo, Optional<AcceptedShortfall> accepted) {
        if (guarantee.meets(rpo)) {
            return Recoverability.of(resource) == Recoverability.NOT_YET ? Verdict.NOT_RECOVERABLE : Verdict.MET;
        }
        return accepted.filter(a -> !today.isAfter(a.until()) && guarantee.meets(a.rpo()))
                        .isPresent()
                ? Verdict.ACCEPTED
                : Verdict.MISSED;
    }
}
