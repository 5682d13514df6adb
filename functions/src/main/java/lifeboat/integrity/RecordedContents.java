package lifeboat.integrity;

import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Check;
import lifeboat.catalog.Resource;
import lifeboat.catalog.WorkloadName;

/// Compares what a restored copy holds with what was recorded of live, piece by piece. Live itself is not read.
public final class RecordedContents {
    static final String KIND = "fingerprint";
    private final ContentReader reader;
    private final ContentRecords records;

    public RecordedContents(ContentReader reader, ContentRecords records) {
        this.reader = reader;
        this.records = records;
    }

    /// The pieces, the same for the same copy; none where nobody asks.
    public List<Segment> plan(Subject subject) {
        return isAsked(subject.live())
                ? reader.pieces(subject.live(), subject.copy().value()).stream()
                        .map(piece -> Segment.of(KIND, piece))
                        .toList()
                : List.of();
    }

    /// Whether a piece of an inspection is one of these.
    public boolean plans(Segment segment) {
        return segment.is(KIND);
    }

    /// Looks at one piece: a whole table is compared at once, a part once all parts are there.
    public Evidence inspect(WorkloadName workload, Subject subject, Segment segment) {
        var piece = ContentPiece.parse(segment.subject());
        var copy = reader.read(subject.live(), subject.copy().value(), piece, explainedBy(subject.live()));
        var recorded = piece.number() == 1
                ? records.newest(workload, subject.live().name(), copy.table(), subject.restoredTo())
                : Optional.<TableContent>empty();
        var content = new PartialContent(copy, recorded);
        return piece.isWhole()
                ? new Evidence(compared(subject, content), Tally.NOTHING, List.of())
                : new Evidence(List.of(), Tally.NOTHING, List.of(), Optional.of(content));
    }

    private static List<Outcome> compared(Subject subject, PartialContent content) {
        return Question.of(subject.live()).stream()
                .filter(Question.SameAsRecorded.class::isInstance)
                .map(question -> content.outcome(question.text(), subject.restoredTo()))
                .toList();
    }

    /// Whether the content of a resource is to be recorded, and compared with its record.
    public static boolean isAsked(Resource resource) {
        return resource.checks().stream().anyMatch(Check.Fingerprint.class::isInstance);
    }

    /// What tells the time of the last write; nothing does where two checks disagree on it.
    public static Optional<String> explainedBy(Resource resource) {
        var asked = resource.checks().stream()
                .filter(Check.Fingerprint.class::isInstance)
                .map(check -> ((Check.Fingerprint) check).explainedBy())
                .distinct()
                .toList();
        return asked.size() == 1 ? asked.getFirst() : Optional.empty();
    }
}
