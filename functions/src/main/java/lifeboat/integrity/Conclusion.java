package lifeboat.integrity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the inspection of one restored copy found, all pieces together.
///
/// @param outcomes every check that ran or should have run, in the order of the catalog
/// @param tally all pieces added up
/// @param samples a few differing keys as text; at most ten
public record Conclusion(List<Outcome> outcomes, Tally tally, List<String> samples) {
    static final int SAMPLES = 10;

    public Conclusion {
        outcomes = List.copyOf(outcomes);
        samples = List.copyOf(samples);
    }

    /// Answers every question about a copy from what the pieces saw.
    ///
    /// A question that needs a piece without evidence is inconclusive, as is one that no planned piece looked into.
    ///
    /// @param planned every piece of the inspection
    /// @param evidence what each piece saw; a piece that is absent was not looked at
    /// @param failures why a piece has no evidence, where that is known
    public static Conclusion of(
            Subject subject, List<Segment> planned, Map<Segment, Evidence> evidence, Map<Segment, String> failures) {
        var seen = planned.stream()
                .flatMap(segment -> Stream.ofNullable(evidence.get(segment)))
                .toList();
        var tally = seen.stream().map(Evidence::tally).reduce(Tally.NOTHING, Tally::plus);
        var answers = new Answers(subject, planned, evidence, failures, tally);
        var outcomes = Question.of(subject.live()).stream().map(answers::to).toList();
        return new Conclusion(outcomes, tally, firstSamples(seen));
    }

    private static List<String> firstSamples(Collection<Evidence> seen) {
        return seen.stream()
                .flatMap(evidence -> evidence.samples().stream())
                .distinct()
                .limit(SAMPLES)
                .toList();
    }
}
