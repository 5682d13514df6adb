package lifeboat.aws.dynamodb;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Resource;
import lifeboat.integrity.Question;
import lifeboat.integrity.Subject;

/// What has to be read of a table's items to answer what is asked about it.
///
/// @param count whether anything at all
/// @param freshness attribute with the time of the last write, for the data loss; absent: not asked for
/// @param content whether items are compared with live
/// @param explainedBy attribute that explains differences; absent: nothing does
record Asked(boolean count, Optional<String> freshness, boolean content, Optional<String> explainedBy) {
    static Asked about(Subject subject) {
        var questions = Question.of(subject.live());
        var comparisons = questions.stream()
                .filter(Question.SameAsLive.class::isInstance)
                .map(Question.SameAsLive.class::cast)
                .distinct()
                .toList();
        var live = subject.trust() != Subject.LiveTrust.ABSENT;
        var explainedBy = comparisons.size() == 1 ? comparisons.getFirst().explainedBy() : Optional.<String>empty();
        var scan = questions.stream().anyMatch(question -> question.needs(ScanPlan.ANY));
        return new Asked(scan, freshness(subject.live()), live && !comparisons.isEmpty(), explainedBy);
    }

    /// Whether live's items are read too.
    boolean readsLive(Subject subject) {
        return subject.trust() != Subject.LiveTrust.ABSENT && (content || freshness.isPresent());
    }

    /// The attributes that hold times.
    Set<String> times() {
        var names = new TreeSet<String>();
        freshness.ifPresent(names::add);
        explainedBy.ifPresent(names::add);
        return names;
    }

    private static Optional<String> freshness(Resource live) {
        return live.freshness().flatMap(freshness -> switch (freshness) {
            case Freshness.Attribute(var name) -> Optional.of(name);
            case Freshness.Sql _ -> Optional.empty();
        });
    }
}
