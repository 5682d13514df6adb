package lifeboat.validation;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import lifeboat.protection.Due;

/// What a vault showed of each resource, folded as its pages go by: a few bits a resource, however many recovery points
/// there are.
final class Sightings {
    private final List<Due> dues;
    private final Map<String, OfOne> byResource = new HashMap<>();

    Sightings(List<Due> dues) {
        this.dues = dues;
    }

    void add(PointFacts point) {
        var sighting = byResource.computeIfAbsent(point.resourceArn(), arn -> new OfOne());
        sighting.add(point, dues);
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

    private static final class OfOne {
        private final BitSet kept = new BitSet();
        private Optional<PointFacts> partial = Optional.empty();
        private Optional<PointFacts> plain = Optional.empty();

        void add(PointFacts point, List<Due> dues) {
            if (!point.encrypted()) {
                plain = Optional.of(point);
            }
            if (point.state() == PointFacts.State.PARTIAL) {
                partial = Optional.of(point);
            }
            if (point.state() == PointFacts.State.COMPLETE) {
                IntStream.range(0, dues.size())
                        .filter(i -> isOf(dues.get(i), point))
                        .forEach(kept::set);
            }
        }

        private static boolean isOf(Due due, PointFacts point) {
            return !point.createdAt().isBefore(due.at()) && !point.createdAt().isAfter(due.by());
        }
    }
}
