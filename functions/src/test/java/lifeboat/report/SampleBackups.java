package lifeboat.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource;
import lifeboat.catalog.WorkloadName;
import lifeboat.protection.Due;
import lifeboat.validation.DailyProof;
import lifeboat.validation.Logs.Log;
import lifeboat.validation.Looked;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;
import lifeboat.validation.PointFacts;
import lifeboat.validation.Validations;
import lifeboat.validation.Validator;
import lifeboat.validation.Vault;
import lifeboat.validation.VaultFacts;

/// What the real validator writes down, day after day, over vaults whose content a test decides.
final class SampleBackups implements Validations {
    private final Environment environment;
    private final List<Written> written = new ArrayList<>();
    private final Set<String> notBackedUp = new HashSet<>();
    private boolean recoveryRegionAway;

    SampleBackups(Environment environment) {
        this.environment = environment;
    }

    /// From now on nothing more is backed up of a resource.
    SampleBackups without(String physicalName) {
        notBackedUp.add(physicalName);
        return this;
    }

    /// From now on it is again.
    SampleBackups with(String physicalName) {
        notBackedUp.remove(physicalName);
        return this;
    }

    /// From now on the vault of the recovery region answers, or does not.
    SampleBackups recoveryRegion(boolean answers) {
        recoveryRegionAway = !answers;
        return this;
    }

    /// Validates at an instant, as the function does each day.
    SampleBackups validated(Instant at) {
        var rules = environment.schedules().rules();
        Instant since = at.minus(Duration.ofDays(1));
        var validator = new Validator(
                environment,
                Resource::physicalName,
                new Held(Due.backups(rules, since, at), false),
                new Held(Due.copies(rules, since, at), recoveryRegionAway),
                Optional.empty(),
                (from, each) -> new Seen<>(0L),
                live -> new Seen<>(new Log.On(at.minusSeconds(300))),
                secret -> new Seen<>(true));
        new DailyProof(environment, validator, this, (validation, told) -> {}).prove(at);
        return this;
    }

    @Override
    public void record(WorkloadName workload, Entry entry) {
        written.add(new Written(workload, entry));
    }

    @Override
    public Optional<Entry> newest(WorkloadName workload, Instant until) {
        return within(workload, Instant.MIN, until).stream().reduce((_, second) -> second);
    }

    @Override
    public List<Entry> within(WorkloadName workload, Instant from, Instant until) {
        return written.stream()
                .filter(one -> one.workload().equals(workload))
                .map(Written::entry)
                .filter(entry -> !entry.at().isBefore(from) && !entry.at().isAfter(until))
                .toList();
    }

    private record Written(WorkloadName workload, Entry entry) {}

    /// A vault that holds every point that was due, but for the resources that are not backed up.
    private final class Held implements Vault {
        private final List<Due> dues;
        private final boolean away;

        Held(List<Due> dues, boolean away) {
            this.dues = dues;
            this.away = away;
        }

        @Override
        public Looked<VaultFacts> settings() {
            return away
                    ? new Unseen<>("region unreachable")
                    : new Seen<>(new VaultFacts(
                            false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("key"), 0));
        }

        @Override
        public Looked<Long> points(Instant from, Instant until, Consumer<PointFacts> each) {
            if (away) {
                return new Unseen<>("region unreachable");
            }
            var points = environment.workloads().stream()
                    .flatMap(workload -> workload.resources().stream())
                    .map(Resource::physicalName)
                    .filter(name -> !notBackedUp.contains(name))
                    .flatMap(name -> dues.stream().map(due -> point(name, due)))
                    .toList();
            points.forEach(each);
            return new Seen<>((long) points.size());
        }

        @Override
        public Looked<Optional<PointFacts>> continuous(String resourceArn) {
            throw new AssertionError("no rule of the sample is continuous: " + resourceArn);
        }

        private PointFacts point(String name, Due due) {
            return new PointFacts(
                    name,
                    "point of " + name,
                    due.at().plusSeconds(600),
                    PointFacts.State.COMPLETE,
                    true,
                    "",
                    Optional.of(new PointFacts.Maker("", due.rule().name())),
                    Optional.of(due.rule().deleteAfter()),
                    due.rule().coldAfter(),
                    Optional.of("key"));
        }
    }
}
