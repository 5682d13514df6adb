package lifeboat.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lifeboat.catalog.Durations;
import lifeboat.catalog.Resource;
import lifeboat.protection.Due;
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
record ResourceCheck(Subject subject, Resource resource, String arn) {
    /// Logs are some five minutes behind; a log that is three times as late stands still.
    private static final Duration LOG_LAGS_AT_MOST = Duration.ofMinutes(15);

    Finding backups(Looked<Sightings> looked) {
        return present(Aspect.BACKUP, looked, this::yieldsSnapshot, "recovery point");
    }

    /// Empty where the plan copies nothing.
    Optional<Finding> copies(Looked<Sightings> looked) {
        return switch (looked) {
            case Seen<Sightings>(var seen) when !seen.promised(due -> true) -> Optional.empty();
            case Seen<Sightings> _, Unseen<Sightings> _ ->
                Optional.of(present(Aspect.COPY, looked, due -> true, "copy in the recovery region"));
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
    private boolean yieldsSnapshot(Due due) {
        return switch (resource) {
            case Resource.S3Bucket _, Resource.RdsInstance _, Resource.AuroraCluster _ ->
                !due.rule().continuous();
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
        return seen.stream()
                .flatMap(sightings -> sightings.plain(arn).stream())
                .findFirst()
                .<Finding>map(point -> new Failed(
                        subject,
                        Aspect.ENCRYPTION,
                        point.arn() + " is not encrypted",
                        "encrypt the resource: its recovery points follow"))
                .orElseGet(() -> new Passed(subject, Aspect.ENCRYPTION));
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

    /// Empty where the environment file does not ask for a log.
    Optional<Finding> log(Logs logs, Instant now) {
        return resource.pointInTime() ? Optional.of(log(logs.of(resource), now)) : Optional.empty();
    }

    private Finding log(Looked<Log> looked, Instant now) {
        return switch (looked) {
            case Unseen<Log>(var why) -> new Unknown(subject, Aspect.POINT_IN_TIME, why);
            case Seen<Log>(Log.Off _) ->
                new Failed(
                        subject,
                        Aspect.POINT_IN_TIME,
                        "point-in-time recovery is off",
                        "turn it on: without it this meets no tight objective");
            case Seen<Log>(Log.On(var latest))
            when latest.isBefore(now.minus(LOG_LAGS_AT_MOST)) ->
                new Failed(
                        subject,
                        Aspect.POINT_IN_TIME,
                        "the newest restorable second is " + latest + ", "
                                + Durations.shown(Duration.between(latest, now)) + " ago",
                        "look into the events of " + arn);
            case Seen<Log>(Log.On _) -> new Passed(subject, Aspect.POINT_IN_TIME);
        };
    }
}
