package lifeboat.aws.dynamodb;

import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Resource;
import lifeboat.integrity.Question;
import lifeboat.integrity.Subject;

/// What has to be read of a table's items beside their comparison with live.
///
/// @param items whether they are counted here: a comparison with live counts them itself
/// @param freshness attribute with the time of the last write, for the data loss; absent: not asked for
record Asked(boolean items, Optional<String> freshness) {
    static Asked about(Subject subject) {
        var questions = Question.of(subject.live());
        var compared = subject.trust() != Subject.LiveTrust.ABSENT
                && questions.stream().anyMatch(Question.SameAsLive.class::isInstance);
        var scanned = questions.stream().anyMatch(question -> question.needs(ScanPlan.ANY));
        return new Asked(scanned && !compared, freshness(subject.live()));
    }

    /// Whether anything has to be read.
    boolean scan() {
        return items || freshness.isPresent();
    }

    /// Whether live's items are read too.
    boolean readsLive(Subject subject) {
        return subject.trust() != Subject.LiveTrust.ABSENT && freshness.isPresent();
    }

    /// The attribute that holds times.
    Set<String> times() {
        return freshness.map(Set::of).orElse(Set.of());
    }

    private static Optional<String> freshness(Resource live) {
        return live.freshness().flatMap(freshness -> switch (freshness) {
            case Freshness.Attribute(var name) -> Optional.of(name);
            case Freshness.Sql _ -> Optional.empty();
        });
    }
}
