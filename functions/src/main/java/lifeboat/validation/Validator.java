package lifeboat.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.BackupSchedules;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource;
import lifeboat.protection.Due;
import lifeboat.validation.DuesByStore.Dues;
import lifeboat.validation.Finding.Subject;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;

/// Looks at all backups of an environment: what the plan promised must be there.
///
/// Vaults and jobs are listed once, by time, whatever the number of resources.
public final class Validator {
    private static final Duration SINCE = Duration.ofDays(1);

    /// How many recovery points a vault may hold, unless AWS was asked for more.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html">Quotas</a>
    private static final double POINTS_A_VAULT = 1_000_000;

    private final Environment environment;
    private final Function<Resource, String> arns;
    private final Vault vault;
    private final Vault copies;
    private final Optional<Vault> elsewhere;
    private final BackupJobs jobs;
    private final Logs logs;
    private final Optional<DeletionProtection> protection;
    private final Credentials credentials;

    /// Over the environment's vaults.
    ///
    /// @param arns the ARN of each live resource
    /// @param vault in the region
    /// @param copies in the recovery region
    /// @param elsewhere in the recovery account, as copy jobs of this account tell of it; empty: no copies go there
    public Validator(
            Environment environment,
            Function<Resource, String> arns,
            Vault vault,
            Vault copies,
            Optional<Vault> elsewhere,
            BackupJobs jobs,
            Logs logs,
            Credentials credentials) {
        this(environment, arns, vault, copies, elsewhere, jobs, logs, credentials, Optional.empty());
    }

    /// @param protection whether live resources are protected from deletion; empty: it is not looked at what would be
    ///     left of one
    public Validator(
            Environment environment,
            Function<Resource, String> arns,
            Vault vault,
            Vault copies,
            Optional<Vault> elsewhere,
            BackupJobs jobs,
            Logs logs,
            Credentials credentials,
            Optional<DeletionProtection> protection) {
        this.environment = environment;
        this.arns = arns;
        this.vault = vault;
        this.copies = copies;
        this.elsewhere = elsewhere;
        this.jobs = jobs;
        this.logs = logs;
        this.protection = protection;
        this.credentials = credentials;
    }

    /// Looks at everything that came due in the day before an instant.
    public Validation validate(Instant now) {
        var rules = environment.schedules().rules();
        var here = vault.settings();
        var there = copies.settings();
        var dues = DuesByStore.of(environment, now.minus(SINCE), now);
        var backups = listed(vault, here, dues.all(Dues::backups));
        var copied = listed(copies, there, dues.all(Dues::copies));
        var sent = elsewhere.map(account -> listed(account, account.settings(), dues.all(Dues::copyJobs)));
        var day = JobsOfTheDay.of(jobs, now.minus(SINCE).minus(longest(rules)), now.minus(SINCE), plans(), rules);
        var findings = new ArrayList<Finding>();
        for (var workload : environment.workloads()) {
            for (var resource : workload.resources()) {
                var check = new ResourceCheck(
                        Subject.of(workload.name(), resource.name()),
                        resource,
                        arns.apply(resource),
                        dues.of(resource));
                findings.add(check.backups(backups));
                check.copies(copied).ifPresent(findings::add);
                sent.flatMap(check::copiesInTheOtherAccount).ifPresent(findings::add);
                check.continuous(vault).ifPresent(findings::add);
                check.retention(backups, copied).ifPresent(findings::add);
                findings.add(check.encryption(backups, copied));
                findings.add(check.jobs(day));
                check.log(logs, now, workload.objectives().rpo()).ifPresent(findings::add);
                protection.flatMap(asked -> survival(check).of(vault, asked)).ifPresent(findings::add);
                check.credentials(credentials, rules, environment.recoveryRegion())
                        .ifPresent(findings::add);
            }
        }
        var locks = new LockCheck(environment.vaultLock());
        locks.of(here, environment.region()).ifPresent(findings::add);
        locks.of(there, environment.recoveryRegion()).ifPresent(findings::add);
        return new Validation(now, findings, figures(day, List.of(here, there)));
    }

    private static SurvivalCheck survival(ResourceCheck check) {
        return new SurvivalCheck(check.subject(), check.resource(), check.arn());
    }

    /// The names that the environment's backup plans may have: what a store was backed up by before its rules were
    /// changed counts as well.
    private Set<String> plans() {
        return BackupSchedules.PLANS.stream()
                .map(plan -> "lifeboat-%s-%s".formatted(environment.name(), plan))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// How long a job of the plan can take from its creation to its end.
    private static Duration longest(List<BackupRule> rules) {
        return rules.stream()
                .map(rule -> rule.startWindow().plus(rule.completionWindow()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Looked<Sightings> listed(Vault vault, Looked<VaultFacts> settings, List<Due> dues) {
        var sightings = new Sightings(dues, plans(), key(settings));
        if (dues.isEmpty()) {
            return new Seen<>(sightings);
        }
        var from = dues.stream().map(Due::at).min(Comparator.naturalOrder()).orElseThrow();
        var until = dues.stream().map(Due::by).max(Comparator.naturalOrder()).orElseThrow();
        return switch (vault.points(from, until, sightings::add)) {
            case Seen<Long> _ -> new Seen<>(sightings);
            case Unseen<Long>(var why) -> new Unseen<>(why);
        };
    }

    private static Looked<String> key(Looked<VaultFacts> settings) {
        return switch (settings) {
            case Seen<VaultFacts>(var facts) ->
                facts.key().<Looked<String>>map(Seen::new).orElseGet(() -> new Unseen<>("AWS Backup does not say it"));
            case Unseen<VaultFacts>(var why) -> new Unseen<>(why);
        };
    }

    private static BackupFigures figures(Looked<JobsOfTheDay> looked, List<Looked<VaultFacts>> vaults) {
        var used = used(vaults);
        return switch (looked) {
            case Seen<JobsOfTheDay>(var day) ->
                new BackupFigures(day.longest(), day.windowUsed(), Optional.of(day.bytes()), used);
            case Unseen<JobsOfTheDay> _ ->
                new BackupFigures(Optional.empty(), Optional.empty(), Optional.empty(), used);
        };
    }

    /// Of those that could be looked at: that one could not must not hide that the other is full. Empty where
    /// none could.
    private static Optional<Double> used(List<Looked<VaultFacts>> vaults) {
        return vaults.stream()
                .mapMulti((Looked<VaultFacts> settings, Consumer<Long> points) -> {
                    switch (settings) {
                        case Seen<VaultFacts>(var facts) -> points.accept(facts.recoveryPoints());
                        case Unseen<VaultFacts> _ -> {}
                    }
                })
                .max(Comparator.naturalOrder())
                .map(fullest -> 100.0 * fullest / POINTS_A_VAULT);
    }
}
