package lifeboat.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;

/// The backup jobs of a day, folded as their pages go by.
final class JobsOfTheDay {
    private final Instant since;
    private final Map<String, JobFacts> failed = new HashMap<>();
    private Optional<Duration> longest = Optional.empty();
    private long bytes;

    private JobsOfTheDay(Instant since) {
        this.since = since;
    }

    /// Those that ended since an instant, whenever they were created, and those that AWS Backup does not say have
    /// ended.
    ///
    /// @param created no job is older
    static Looked<JobsOfTheDay> of(BackupJobs jobs, Instant created, Instant since) {
        var day = new JobsOfTheDay(since);
        return switch (jobs.since(created, day::add)) {
            case Seen<Long> _ -> new Seen<>(day);
            case Unseen<Long>(var why) -> new Unseen<>(why);
        };
    }

    private void add(JobFacts job) {
        if (job.endedAt().orElse(job.createdAt()).isBefore(since)) {
            return;
        }
        switch (job.state()) {
            case FAILED, COMPLETE_WITH_ISSUES -> failed.put(job.resourceArn(), job);
            case COMPLETE, UNDER_WAY -> {}
        }
        longest = job.took()
                .filter(took ->
                        longest.filter(most -> most.compareTo(took) >= 0).isEmpty())
                .or(() -> longest);
        bytes += job.sizeBytes();
    }

    /// A job of that resource that did not end well.
    Optional<JobFacts> failed(String resourceArn) {
        return Optional.ofNullable(failed.get(resourceArn));
    }

    Optional<Duration> longest() {
        return longest;
    }

    long bytes() {
        return bytes;
    }
}
