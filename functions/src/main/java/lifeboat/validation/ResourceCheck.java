package lifeboat.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Durations;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Resource;
import lifeboat.protection.Due;
import lifeboat.validation.DuesByStore.Dues;
import lifeboat.validation.Finding.Aspect;
import lifeboat.validation.Finding.Failed;
import lifeboat.validation.Finding.Passed;
import lifeboat.validation.Finding.Subject;
import lifeboat.validation.Finding.Unknown;
import lifeboat.validation.Logs.Log;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;

/// Judges one resource by what was seen of it.
///
/// @param arn of the live resource
/// @param dues what the rules of its store promised
record ResourceCheck(Subject subject, Resource resource, String arn, Dues dues) {
    Finding backups(Looked<Sightings> looked) {
        return present(
                Aspect.BACKUP,
                looked,
                due -> dues.backups().contains(due) && yieldsSnapshot(due.rule()),
                "recovery point");
    }

    /// Empty where the plan copies nothing.
    Optional<Finding> copies(Looked<Sightings> looked) {
        return copies(Aspect.COPY, looked, dues.copies()::contains, "copy in the recovery region");
    }

    /// Empty where the plan copies nothing.
    Optional<Finding> copiesInTheOtherAccount(Looked<Sightings> looked) {
        return copies(Aspect.ACCOUNT_COPY, looked, dues.copyJobs()::contains, "copy in the recovery account");
    }

    private Optional<Finding> copies(Aspect aspect, Looked<Sightings> looked, Predicate<Due> concerns, String what) {
        return switch (looked) {
            case Seen<Sightings>(var seen) when !seen.promised(concerns) -> Optional.empty();
            case Seen<Sightings> _, Unseen<Sightings> _ -> Optional.of(present(aspect, looked, concerns, what));
        };
    }

    private Finding present(Aspect aspect, Looked<Sightings> looked, Predicate<Due> concerns, String what) {
        return switch (looked) {
            case Unseen<Sightings>(var why) -> new Unknown(subject, aspect, why);
            case Seen<Sightings>(var seen)
            when !seen.promised(concerns) -> new Unknown(subject, aspect, "the plan has promised no " + what + " yet");
            case Seen<Sightings>(var seen) ->
                seen.partial(arn)
                        .map(point -> partial(aspect, point))
                        .or(() -> seen.missing(arn, concerns).map(due -> missing(aspect, due, what)))
                        .orElseGet(() -> new Passed(subject, aspect));
        };
    }

    /// Whether what is there is kept as its rule says; empty where nothing that was promised is there.
    Optional<Finding> retention(Looked<Sightings> backups, Looked<Sightings> copies) {
        var seen = new ArrayList<Sightings>();
        for (var looked : List.of(backups, copies)) {
            switch (looked) {
                case Seen<Sightings>(var sightings) -> seen.add(sightings);
                case Unseen<Sightings>(var why) -> {
                    return Optional.of(new Unknown(subject, Aspect.RETENTION, why));
                }
            }
        }
        if (seen.stream().noneMatch(sightings -> sightings.any(arn))) {
            return Optional.empty();
        }
        return Optional.of(seen.stream()
                .flatMap(sightings -> sightings.keptOtherwise(arn).stream())
                .findFirst()
                .<Finding>map(this::keptOtherwise)
                .orElseGet(() -> new Passed(subject, Aspect.RETENTION)));
    }

    private Finding keptOtherwise(Sightings.KeptOtherwise other) {
        var told = "%s is kept %s%s, and rule \"%s\" says %s%s"
                .formatted(
                        other.point().arn(),
                        other.point().keptFor().map(Durations::shown).orElse("for ever"),
                        cold(other.point().coldAfter()),
                        other.rule().name(),
                        Durations.shown(other.rule().deleteAfter()),
                        cold(other.rule().coldAfter()));
        return new Failed(
                subject,
                Aspect.RETENTION,
                told,
                "deploy again, find out who changed the plan, and back up again by hand");
    }

    private static String cold(Optional<Duration> after) {
        return after.map(time -> ", in cold storage after " + Durations.shown(time))
                .orElse("");
    }

    /// The one continuous backup, which stands in for recovery points; empty where no rule makes one.
    Optional<Finding> continuous(Vault vault) {
        return dues.rules().stream()
                .filter(rule -> !yieldsSnapshot(rule))
                .findFirst()
                .map(rule -> continuous(rule, vault.continuous(arn)));
    }

    private Finding continuous(BackupRule rule, Looked<Optional<PointFacts>> looked) {
        return switch (looked) {
            case Unseen<Optional<PointFacts>>(var why) -> new Unknown(subject, Aspect.CONTINUOUS, why);
            case Seen<Optional<PointFacts>>(var found) ->
                found.map(point -> continuous(rule, point))
                        .orElseGet(() -> new Failed(
                                subject,
                                Aspect.CONTINUOUS,
                                "rule \"%s\" promises a continuous backup, and the vault holds none"
                                        .formatted(rule.name()),
                                "look into the jobs of " + arn));
        };
    }

    private Finding continuous(BackupRule rule, PointFacts point) {
        if (point.state() != PointFacts.State.COMPLETE) {
            return new Failed(
                    subject,
                    Aspect.CONTINUOUS,
                    "continuous backup %s does not go on: %s".formatted(point.arn(), point.message()),
                    "mend what its message names; of a bucket, look whether versioning and EventBridge notifications are on");
        }
        return point.keptFor()
                        .filter(kept -> kept.compareTo(rule.deleteAfter()) >= 0)
                        .isPresent()
                ? new Passed(subject, Aspect.CONTINUOUS)
                : keptOtherwise(new Sightings.KeptOtherwise(point, rule));
    }

    private Finding partial(Aspect aspect, PointFacts point) {
        var told = "%s of %s is only partly there: %s".formatted(point.arn(), point.createdAt(), point.message());
        return new Failed(subject, aspect, told, "look into its job, and back up again by hand");
    }

    private Finding missing(Aspect aspect, Due due, String what) {
        var told = "no complete %s of rule \"%s\" from %s; it was due by %s"
                .formatted(what, due.rule().name(), due.at(), due.by());
        return new Failed(subject, aspect, told, "look into the jobs of " + arn);
    }

    /// AWS Backup keeps one continuous backup of these instead of a recovery point a firing.
    private boolean yieldsSnapshot(BackupRule rule) {
        return switch (resource) {
            case Resource.S3Bucket _, Resource.RdsInstance _, Resource.AuroraCluster _ -> !rule.continuous();
            case Resource.DynamoDbTable _, Resource.EfsFileSystem _, Resource.EbsVolume _ -> true;
        };
    }

    Finding encryption(Looked<Sightings> backups, Looked<Sightings> copies) {
        var seen = new ArrayList<Sightings>();
        for (var looked : List.of(backups, copies)) {
            switch (looked) {
                case Seen<Sightings>(var sightings) -> seen.add(sightings);
                case Unseen<Sightings>(var why) -> {
                    return new Unknown(subject, Aspect.ENCRYPTION, why);
                }
            }
        }
        if (seen.stream().noneMatch(sightings -> sightings.any(arn))) {
            return new Unknown(subject, Aspect.ENCRYPTION, "no recovery point was seen");
        }
        var underTheVaultsKey = usesTheVaultsKey() ? seen : List.of(seen.getLast());
        return Stream.of(plain(seen), otherKeys(underTheVaultsKey), unknownKeys(underTheVaultsKey))
                .flatMap(findings -> findings)
                .findFirst()
                .orElseGet(() -> new Passed(subject, Aspect.ENCRYPTION));
    }

    private Stream<Finding> plain(List<Sightings> seen) {
        return seen.stream()
                .flatMap(sightings -> sightings.plain(arn).stream())
                .map(point -> new Failed(
                        subject,
                        Aspect.ENCRYPTION,
                        point.arn() + " is not encrypted",
                        "encrypt the resource: its recovery points follow"));
    }

    private Stream<Finding> otherKeys(List<Sightings> seen) {
        return seen.stream()
                .flatMap(sightings -> sightings.otherKey(arn).stream())
                .map(point -> new Failed(
                        subject,
                        Aspect.ENCRYPTION,
                        "%s is encrypted with %s, not with the vault's key"
                                .formatted(point.arn(), point.key().orElse("an unknown key")),
                        "find out who changed the vault or made the point; without that key it cannot be restored"));
    }

    private Stream<Finding> unknownKeys(List<Sightings> seen) {
        return seen.stream()
                .flatMap(sightings -> sightings.keyUnknown(arn).stream())
                .map(why -> new Unknown(subject, Aspect.ENCRYPTION, why));
    }

    /// AWS Backup encrypts these with the vault's key, and every copy in another region too; others keep the key
    /// of the resource.
    ///
    /// @see <a href="https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html">Encryption</a>
    private boolean usesTheVaultsKey() {
        return switch (resource) {
            case Resource.DynamoDbTable _, Resource.S3Bucket _, Resource.EfsFileSystem _ -> true;
            case Resource.RdsInstance _, Resource.AuroraCluster _, Resource.EbsVolume _ -> false;
        };
    }

    Finding jobs(Looked<JobsOfTheDay> looked) {
        return switch (looked) {
            case Unseen<JobsOfTheDay>(var why) -> new Unknown(subject, Aspect.JOBS, why);
            case Seen<JobsOfTheDay>(var day) ->
                day.failed(arn)
                        .<Finding>map(job -> new Failed(
                                subject,
                                Aspect.JOBS,
                                "backup job %s of %s: %s".formatted(job.id(), job.createdAt(), told(job)),
                                "mend what its message names"))
                        .orElseGet(() -> new Passed(subject, Aspect.JOBS));
        };
    }

    private static String told(JobFacts job) {
        var what = job.state() == JobFacts.State.COMPLETE_WITH_ISSUES ? "completed with issues" : "failed";
        return job.message().isBlank() ? what : what + ", " + job.message();
    }

    /// Empty where nothing is logged in to, or no copies go to the recovery region.
    Optional<Finding> credentials(Credentials credentials, List<BackupRule> rules, RegionName region) {
        return rules.stream().anyMatch(rule -> rule.copy() && rule.isFor(resource.store()))
                ? secret().map(secret -> credentials(credentials.exist(secret), secret, region))
                : Optional.empty();
    }

    private Optional<String> secret() {
        return switch (resource) {
            case Resource.RdsInstance instance -> Optional.of(instance.sql().readingCredentials());
            case Resource.AuroraCluster cluster -> Optional.of(cluster.sql().readingCredentials());
            case Resource.DynamoDbTable _, Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ ->
                Optional.empty();
        };
    }

    private Finding credentials(Looked<Boolean> looked, String secret, RegionName region) {
        return switch (looked) {
            case Unseen<Boolean>(var why) -> new Unknown(subject, Aspect.CREDENTIALS, why);
            case Seen<Boolean>(var exists) ->
                exists
                        ? new Passed(subject, Aspect.CREDENTIALS)
                        : new Failed(
                                subject,
                                Aspect.CREDENTIALS,
                                "secret \"%s\" is not in %s: a copy restored there could not be checked"
                                        .formatted(secret, region),
                                "aws secretsmanager replicate-secret-to-regions --secret-id '%s' --add-replica-regions Region=%s"
                                        .formatted(secret, region));
        };
    }

    /// Empty where the environment file does not ask for a log.
    ///
    /// @param rpo of the workload: a log that is further behind cannot meet it
    Optional<Finding> log(Logs logs, Instant now, Duration rpo) {
        return resource.pointInTime() ? Optional.of(log(logs.of(resource), now, rpo)) : Optional.empty();
    }

    private Finding log(Looked<Log> looked, Instant now, Duration rpo) {
        return switch (looked) {
            case Unseen<Log>(var why) -> new Unknown(subject, Aspect.POINT_IN_TIME, why);
            case Seen<Log>(Log.Off _) ->
                new Failed(
                        subject,
                        Aspect.POINT_IN_TIME,
                        "point-in-time recovery is off",
                        "turn it on: without it this meets no tight objective");
            case Seen<Log>(Log.On(var latest))
            when latest.isBefore(now.minus(rpo)) ->
                new Failed(
                        subject,
                        Aspect.POINT_IN_TIME,
                        "the newest restorable second is %s, %s ago; the RPO is %s"
                                .formatted(
                                        latest, Durations.shown(Duration.between(latest, now)), Durations.shown(rpo)),
                        "look into the events of " + arn);
            case Seen<Log>(Log.On _) -> new Passed(subject, Aspect.POINT_IN_TIME);
        };
    }
}
