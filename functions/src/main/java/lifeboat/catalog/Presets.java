package lifeboat.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The schedules that come with Lifeboat. `docs/reference/presets.md` says what was asked for and what was changed.
public final class Presets {
    /// The names that the environment file may give.
    public static final List<String> NAMES = List.of("techmoda", "runbook");

    private Presets() {}

    /// The preset of that name, or empty where there is none.
    public static Optional<BackupSchedules> named(String name) {
        return switch (name) {
            case "techmoda" -> Optional.of(new BackupSchedules(name, techmoda()));
            case "runbook" -> Optional.of(new BackupSchedules(name, runbook()));
            default -> Optional.empty();
        };
    }

    private static List<BackupRule> techmoda() {
        return List.of(
                rule("daily", "Data corruption or accidental deletion", "cron(0 1 * * ? *)", 1, 2, 30),
                rule("weekly", "Major incidents found late", "cron(0 4 ? * SUN *)", 2, 4, 90),
                cold(rule("monthly", "Archive and compliance", "cron(0 9 1 * ? *)", 3, 6, 365), 90));
    }

    private static List<BackupRule> runbook() {
        return List.of(
                // Not DynamoDB: each of its backups is a full one, and its own log loses less.
                only(
                        rule("four-hourly", "Little loss where no log is kept", "cron(0 0/4 * * ? *)", 1, 2, 7),
                        "rds",
                        "aurora",
                        "s3",
                        "efs",
                        "ebs"),
                continuous(rule("daily", "Full backup, and the log for any second", "cron(0 2 * * ? *)", 1, 2, 30)),
                rule("weekly", "Major incidents found late", "cron(0 6 ? * SUN *)", 1, 2, 84),
                rule("monthly", "Archive", "cron(0 10 1 * ? *)", 1, 2, 365),
                cold(rule("yearly", "Compliance", "cron(0 14 1 1 ? *)", 1, 2, 2555), 90));
    }

    private static BackupRule rule(
            String name, String purpose, String cron, int startHours, int completionHours, int deleteDays) {
        return new BackupRule(
                name,
                purpose,
                cron,
                Duration.ofHours(startHours),
                Duration.ofHours(completionHours),
                Optional.empty(),
                Duration.ofDays(deleteDays),
                true,
                false);
    }

    private static BackupRule cold(BackupRule rule, int days) {
        return new BackupRule(
                rule.name(),
                rule.purpose(),
                rule.schedule(),
                rule.startWindow(),
                rule.completionWindow(),
                Optional.of(Duration.ofDays(days)),
                rule.deleteAfter(),
                rule.copy(),
                rule.continuous(),
                rule.stores());
    }

    private static BackupRule continuous(BackupRule rule) {
        return new BackupRule(
                rule.name(),
                rule.purpose(),
                rule.schedule(),
                rule.startWindow(),
                rule.completionWindow(),
                rule.coldAfter(),
                rule.deleteAfter(),
                rule.copy(),
                true,
                rule.stores());
    }

    private static BackupRule only(BackupRule rule, String... stores) {
        return new BackupRule(
                rule.name(),
                rule.purpose(),
                rule.schedule(),
                rule.startWindow(),
                rule.completionWindow(),
                rule.coldAfter(),
                rule.deleteAfter(),
                rule.copy(),
                rule.continuous(),
                List.of(stores));
    }
}
