package lifeboat.validation;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import lifeboat.catalog.BackupRule;
import lifeboat.protection.Due;

/// What a vault showed of each resource, folded as its pages go by: a few bits a resource, however many recovery points
/// there are.
final class Sightings {
    private final List<Due> dues;
    private final Set<String> plans;
    private final Looked<String> key;
    private final Map<String, OfOne> byResource = new HashMap<>();

    /// @param dues what the plan promised
    /// @param plans the names that a plan of the environment may have
    /// @param key the key that every point must be encrypted with
    Sightings(List<Due> dues, Set<String> plans, Looked<String> key) {
        this.dues = dues;
        this.plans = plans;
        this.key = key;
    }

    void add(PointFacts point) {
        var sighting = byResource.computeIfAbsent(point.resourceArn(), arn -> new OfOne());
        sighting.add(point);
    }

    /// The first promised recovery point that is not there, of those that concern a resource.
    Optional<Due> missing(String resourceArn, Predicate<Due> concerns) {
        var kept = Optional.ofNullable(byResource.get(resourceArn))
                .map(sighting -> sighting.kept)
                .orElse(new BitSet());
        return IntStream.range(0, dues.size())
                .filter(i -> concerns.test(dues.get(i)) && !kept.get(i))
                .mapToObj(dues::get)
                .min(Comparator.comparing(Due::at));
    }

    /// A recovery point that is only partly there.
    Optional<PointFacts> partial(String resourceArn) {
        return Optional.ofNullable(byResource.get(resourceArn)).flatMap(sighting -> sighting.partial);
    }

    /// A recovery point of a promised rule that is kept otherwise than the rule says.
    Optional<KeptOtherwise> keptOtherwise(String resourceArn) {
        return Optional.ofNullable(byResource.get(resourceArn)).flatMap(sighting -> sighting.keptOtherwise);
    }

    /// A recovery point that is encrypted with another key than the vault's.
    Optional<PointFacts> otherKey(String resourceArn) {
        return Optional.ofNullable(byResource.get(resourceArn)).flatMap(sighting -> sighting.otherKey);
    }

    /// Why it cannot be told whether all of a resource's points are encrypted with the vault's key; empty: it can.
    Optional<String> keyUnknown(String resourceArn) {
        return Optional.ofNullable(byResource.get(resourceArn)).flatMap(sighting -> switch (key) {
            case Looked.Unseen<String>(var why) -> Optional.of("the vault's key: " + why);
            case Looked.Seen<String> _ -> sighting.keyless.map(point -> point.arn() + " does not say its key");
        });
    }

    /// A recovery point that is not encrypted.
    Optional<PointFacts> plain(String resourceArn) {
        return Optional.ofNullable(byResource.get(resourceArn)).flatMap(sighting -> sighting.plain);
    }

    /// Whether the vault showed anything of a resource.
    boolean any(String resourceArn) {
        return byResource.containsKey(resourceArn);
    }

    /// Whether the plan promised any recovery point that concerns a resource.
    boolean promised(Predicate<Due> concerns) {
        return dues.stream().anyMatch(concerns);
    }

    /// A recovery point, and the rule that promised otherwise.
    record KeptOtherwise(PointFacts point, BackupRule rule) {}

    private final class OfOne {
        private final BitSet kept = new BitSet();
        private Optional<PointFacts> partial = Optional.empty();
        private Optional<PointFacts> plain = Optional.empty();
        private Optional<PointFacts> otherKey = Optional.empty();
        private Optional<PointFacts> keyless = Optional.empty();
        private Optional<KeptOtherwise> keptOtherwise = Optional.empty();

        void add(PointFacts point) {
            if (key instanceof Looked.Seen<String>(var ours)
                    && point.key().filter(used -> !ours.equals(used)).isPresent()) {
                otherKey = Optional.of(point);
            }
            if (point.key().isEmpty()) {
                keyless = Optional.of(point);
            }
            if (!point.encrypted()) {
                plain = Optional.of(point);
            }
            if (point.state() == PointFacts.State.PARTIAL) {
                partial = Optional.of(point);
            }
            if (point.state() == PointFacts.State.COMPLETE) {
                IntStream.range(0, dues.size())
                        .filter(i -> isOf(dues.get(i), point))
                        .forEach(i -> keeps(i, point));
            }
        }

        private void keeps(int due, PointFacts point) {
            kept.set(due);
            BackupRule rule = dues.get(due).rule();
            if (!point.isKeptAs(rule)) {
                keptOtherwise = Optional.of(new KeptOtherwise(point, rule));
            }
        }

        /// Of the same time is not enough: the points of a rule that fires every four hours would pass for those of all
        /// others.
        private boolean isOf(Due due, PointFacts point) {
            return due.holds(point.createdAt()) && point.isOf(due.rule(), plans);
        }
    }
}
