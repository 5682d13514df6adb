package lifeboat.protection;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Durations;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Problem;
import lifeboat.catalog.Resource;
import lifeboat.catalog.VaultLock;

/// What AWS Backup refuses, or carries out differently than written, though the CDK accepts it.
///
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html">Backup
///     plan options</a>
/// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html">Vault lock</a>
final class PlanRules {
    private static final Duration COLD_AT_LEAST = Duration.ofDays(90);
    private static final Duration CONTINUOUS_AT_MOST = Duration.ofDays(35);
    private static final Duration WINDOW_AT_LEAST = Duration.ofHours(1);
    private static final Duration CADENCE_AT_LEAST = Duration.ofHours(1);
    private static final int RULES_AT_MOST = 10;
    private final Environment environment;
    private final LocalDate today;
    private final List<Problem> problems = new ArrayList<>();

    private PlanRules(Environment environment, LocalDate today) {
        this.environment = environment;
        this.today = today;
    }

    static List<Problem> check(Environment environment, LocalDate today) {
        var check = new PlanRules(environment, today);
        check.plan();
        environment.schedules().rules().forEach(check::rule);
        check.stores().forEach(check::continuous);
        check.forgotten();
        var conflicts = new RuleConflicts(today);
        check.stores()
                .map(store -> environment.schedules().rulesFor(store))
                .distinct()
                .forEach(rules -> check.problems.addAll(conflicts.among(rules, check.problems)));
        return check.problems.stream().distinct().sorted().toList();
    }

    private void plan() {
        var rules = environment.schedules().rules();
        if (rules.isEmpty() || rules.size() > RULES_AT_MOST) {
            report("LB-031", "schedules", rules.size() + " rules: 1 to " + RULES_AT_MOST + " are allowed", "");
        }
    }

    private Stream<String> stores() {
        return environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .map(Resource::store)
                .distinct();
    }

    private void continuous(String store) {
        var continuous = environment.schedules().rulesFor(store).stream()
                .filter(BackupRule::continuous)
                .map(BackupRule::name)
                .toList();
        if (continuous.size() > 1) {
            var message = "the rules " + String.join(" and ", continuous)
                    + " are all continuous: AWS Backup keeps one continuous backup a resource and disregards the others";
            report("LB-036", "schedules", message, "make one of them continuous");
        }
    }

    /// What is in the file and backed up by no rule.
    private void forgotten() {
        if (environment.schedules().rules().isEmpty()) {
            return;
        }
        environment
                .workloads()
                .forEach(workload -> workload.resources().stream()
                        .filter(resource -> environment
                                .schedules()
                                .rulesFor(resource.store())
                                .isEmpty())
                        .forEach(resource -> report(
                                "LB-043",
                                "workloads.%s.resources.%s".formatted(workload.name(), resource.name()),
                                "no rule of schedules is for the store %s: it would never be backed up"
                                        .formatted(resource.store()),
                                "add %s to the stores of a rule, or leave stores out of one"
                                        .formatted(resource.store()))));
    }

    private void rule(BackupRule rule) {
        var path = "schedules." + rule.name();
        schedule(rule, path + ".cron");
        window(rule.startWindow(), WINDOW_AT_LEAST, path + ".startWindow");
        window(rule.completionWindow(), Duration.ofMinutes(1), path + ".completionWindow");
        rule.coldAfter().ifPresent(cold -> cold(rule, cold, path + ".coldAfter"));
        if (rule.continuous() && rule.deleteAfter().compareTo(CONTINUOUS_AT_MOST) > 0) {
            var message = days(rule.deleteAfter()) + " is not allowed: a continuous backup is kept 1d to 35d";
            report("LB-036", path + ".deleteAfter", message, "");
        }
        environment.vaultLock().ifPresent(lock -> lock(rule, lock, path + ".deleteAfter"));
    }

    private void schedule(BackupRule rule, String path) {
        try {
            var firings = Cron.parse(rule.schedule()).firings(today, today.plusYears(1));
            if (firings.isEmpty()) {
                report("LB-033", path, "\"" + rule.schedule() + "\" does not fire within a year", "");
            }
            for (int i = 1; i < firings.size(); i++) {
                if (Duration.between(firings.get(i - 1), firings.get(i)).compareTo(CADENCE_AT_LEAST) < 0) {
                    var message = "\"%s\" fires at %s and again at %s: at most once an hour is allowed"
                            .formatted(rule.schedule(), Clock.shown(firings.get(i - 1)), Clock.shown(firings.get(i)));
                    report("LB-032", path, message, "point-in-time recovery loses less than any schedule");
                    return;
                }
            }
        } catch (Invalid refused) {
            report(refused.code(), path, refused.reason(), "");
        }
    }

    private void window(Duration window, Duration least, String path) {
        if (window.compareTo(least) < 0 || window.toSeconds() % 60 != 0) {
            var message =
                    Durations.shown(window) + " is not allowed: whole minutes, at least " + Durations.shown(least);
            report("LB-034", path, message, "");
        }
    }

    private void cold(BackupRule rule, Duration cold, String path) {
        var warmAtLeast = rule.deleteAfter().minus(COLD_AT_LEAST);
        if (cold.compareTo(warmAtLeast) > 0) {
            var message = "cold after %s and deleted after %s: deleteAfter must be at least 90d later, %s"
                    .formatted(days(cold), days(rule.deleteAfter()), days(cold.plus(COLD_AT_LEAST)));
            report("LB-035", path, message, "keep it longer, or drop coldAfter");
        }
        if (rule.continuous()) {
            report("LB-036", path, "a continuous backup cannot move to cold storage", "drop coldAfter");
        }
        if (rule.copy()
                && cold.compareTo(
                                rule.startWindow().plus(rule.completionWindow().multipliedBy(2)))
                        < 0) {
            var message = "cold after " + days(cold) + ": it may be cold before it is copied, and cold recovery points"
                    + " cannot be copied";
            report("LB-035", path, message, "move it to cold storage later");
        }
        if (environment.schedules().origin().equals("own")
                && coldStores(rule).findAny().isEmpty()) {
            report(
                    "LB-035",
                    path,
                    "nothing here can move to cold storage: only DynamoDB and EFS can",
                    "drop coldAfter");
        }
    }

    private Stream<Resource> coldStores(BackupRule rule) {
        return environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .filter(resource -> rule.isFor(resource.store()) && canBeCold(resource));
    }

    /// EBS moves to its archive only after an opt-in that this system does not make.
    static boolean canBeCold(Resource resource) {
        return switch (resource) {
            case Resource.DynamoDbTable _, Resource.EfsFileSystem _ -> true;
            case Resource.RdsInstance _, Resource.AuroraCluster _, Resource.S3Bucket _, Resource.EbsVolume _ -> false;
        };
    }

    private void lock(BackupRule rule, VaultLock lock, String path) {
        var tooShort = rule.deleteAfter().compareTo(lock.minRetention()) < 0;
        var tooLong = lock.maxRetention().filter(most -> rule.deleteAfter().compareTo(most) > 0);
        if (tooShort || tooLong.isPresent()) {
            var message = "%s is outside of the vault lock, %s to %s: every job would fail"
                    .formatted(
                            days(rule.deleteAfter()),
                            days(lock.minRetention()),
                            lock.maxRetention().map(PlanRules::days).orElse("any"));
            report("LB-037", path, message, "change deleteAfter, or the bounds of vaultLock");
        }
    }

    /// Whether a rule says when it fires, so that what it holds can be reckoned.
    static boolean canBeWalked(BackupRule rule) {
        try {
            Cron.parse(rule.schedule());
            return true;
        } catch (Invalid refused) {
            return false;
        }
    }

    private static String days(Duration duration) {
        return duration.toDays() + "d";
    }

    private void report(String code, String path, String message, String hint) {
        problems.add(new Problem(code, path, 0, message, hint));
    }
}
