package lifeboat.protection;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        if (check.problems.isEmpty()) {
            check.overlaps();
        }
        if (check.problems.isEmpty()) {
            check.held();
        }
        return check.problems.stream().sorted().toList();
    }

    private void plan() {
        var rules = environment.schedules().rules();
        if (rules.isEmpty() || rules.size() > RULES_AT_MOST) {
            report("LB-031", "schedules", rules.size() + " rules: 1 to " + RULES_AT_MOST + " are allowed", "");
        }
        var continuous = rules.stream()
                .filter(BackupRule::continuous)
                .map(BackupRule::name)
                .toList();
        if (continuous.size() > 1) {
            var message = "the rules " + String.join(" and ", continuous)
                    + " are all continuous: AWS Backup keeps one continuous backup a resource and disregards the others";
            report("LB-036", "schedules", message, "make one of them continuous");
        }
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
                && coldStores().findAny().isEmpty()) {
            report(
                    "LB-035",
                    path,
                    "nothing here can move to cold storage: only DynamoDB and EFS can",
                    "drop coldAfter");
        }
    }

    private Stream<Resource> coldStores() {
        return environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .filter(PlanRules::canBeCold);
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

    private void overlaps() {
        Firings.of(environment.schedules().rules(), today).overlaps().forEach(overlap -> {
            var shorter = shorter(overlap.one(), overlap.other());
            var longer = shorter.equals(overlap.one()) ? overlap.other() : overlap.one();
            harm(shorter.rule(), longer.rule()).ifPresent(harm -> {
                var message =
                        "the start window from %s overlaps that of \"%s\" from %s: AWS Backup then takes only the backup kept longer, %s"
                                .formatted(
                                        Clock.shown(shorter.at()),
                                        longer.rule().name(),
                                        Clock.shown(longer.at()),
                                        harm);
                var hint = "separate the windows, or give both rules the same copy and different retention";
                report("LB-038", "schedules." + shorter.rule().name() + ".cron", message, hint);
            });
        });
    }

    private void held() {
        Firings.of(environment.schedules().rules(), today).held().forEach(held -> {
            var running = held.running();
            var waiting = held.waiting();
            var atMost = Duration.between(running.startsBefore(), waiting.startsBefore());
            var message =
                    "the job of %s may run until %s, but the start window of \"%s\" from %s ends before: AWS Backup runs one job of a resource at a time, and that backup may never start"
                            .formatted(
                                    Clock.shown(running.at()),
                                    Clock.shown(running.availableBy()),
                                    waiting.rule().name(),
                                    Clock.shown(waiting.at()));
            var hint = atMost.isPositive()
                    ? "a completionWindow of at most " + Durations.shown(atMost) + ", or more time between the two"
                    : "more time between the two, or a shorter startWindow";
            report("LB-039", "schedules." + running.rule().name() + ".completionWindow", message, hint);
        });
    }

    private static Firing shorter(Firing one, Firing other) {
        return one.rule().deleteAfter().compareTo(other.rule().deleteAfter()) <= 0 ? one : other;
    }

    /// What is lost with the rule that is dropped; empty: the other does as much.
    private static Optional<String> harm(BackupRule dropped, BackupRule kept) {
        if (dropped.deleteAfter().equals(kept.deleteAfter())) {
            return Optional.of("and both are kept equally long");
        }
        return dropped.copy() && !kept.copy() ? Optional.of("which is not copied") : Optional.empty();
    }

    private static String days(Duration duration) {
        return duration.toDays() + "d";
    }

    private void report(String code, String path, String message, String hint) {
        problems.add(new Problem(code, path, 0, message, hint));
    }
}
