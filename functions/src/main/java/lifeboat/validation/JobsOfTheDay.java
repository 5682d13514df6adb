package lifeboat.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lifeboat.catalog.BackupRule;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;

/// The backup jobs of a day, folded as their pages go by.
final class JobsOfTheDay {
    private final Instant since;
    private final Set<String> plans;
    private final List<BackupRule> rules;
    private final Map<String, JobFacts> failed = new HashMap<>();
    private Optional<Duration> longest = Optional.empty();
    private Optional<Double> windowUsed = Optional.empty();
    private long bytes;

    private JobsOfTheDay(Instant since, Set<String> plans, List<BackupRule> rules) {
        this.since = since;
        this.plans = Set.copyOf(plans);
        this.rules = List.copyOf(rules);
    }

    /// Those that ended since an instant, whenever they were created, and those that AWS Backup does not say have
    /// ended.
    ///
    /// @param created no job is older
    /// @param plans the names of the environment's backup plans
    /// @param rules its rules
    static Looked<JobsOfTheDay> of(
            BackupJobs jobs, Instant created, Instant since, Set<String> plans, List<BackupRule> rules) {
        var day = new JobsOfTheDay(since, plans, rules);
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
        if (!job.isOfAnotherPlan(plans)) {
            measure(job);
        }
    }

    private void measure(JobFacts job) {
        longest = job.took()
                .filter(took ->
                        longest.filter(most -> most.compareTo(took) >= 0).isEmpty())
                .or(() -> longest);
        windowUsed = Stream.concat(
                        windowUsed.stream(),
                        job.took().stream()
                                .map(took ->
                                        100.0 * took.toSeconds() / window(job).toSeconds()))
                .max(Comparator.naturalOrder());
        bytes += job.sizeBytes();
    }

    /// Of the rule that the job belongs to; where that is not known, the shortest of the plan.
    private Duration window(JobFacts job) {
        return rules.stream()
                .filter(rule -> job.maker()
                        .filter(made -> made.rule().equals(rule.name()))
                        .isPresent())
                .map(BackupRule::completionWindow)
                .findFirst()
                .orElseGet(() -> rules.stream()
                        .map(BackupRule::completionWindow)
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
    }

    /// A job of that resource that did not end well.
    Optional<JobFacts> failed(String resourceArn) {
        return Optional.ofNullable(failed.get(resourceArn));
    }

    Optional<Duration> longest() {
        return longest;
    }

    /// In percent of the completion window of its own rule, the job that came closest to it.
    Optional<Double> windowUsed() {
        return windowUsed;
    }

    long bytes() {
        return bytes;
    }
}
