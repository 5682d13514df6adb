package lifeboat.integrity;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import lifeboat.catalog.Check;
import lifeboat.catalog.Resource;
import lifeboat.catalog.WorkloadName;

/// Compares what a restored copy holds with what was recorded of live, piece by piece. Live itself is not read.
public final class RecordedContents {
    static final String KIND = "fingerprint";
    private static final Segment TABLES = new Segment(KIND + " tables");

    private final ContentReader reader;
    private final ContentRecords records;
    private final RecordedSizes sizes;

    public RecordedContents(ContentReader reader, ContentRecords records, FileSizes sizes) {
        this.reader = reader;
        this.records = records;
        this.sizes = new RecordedSizes(sizes, records);
    }

    /// The pieces, the same for the same copy; none where nobody asks. The first is about what the copy may lack.
    public List<Segment> plan(Subject subject) {
        return Stream.concat(contents(subject).stream(), sizes.plan(subject).stream())
                .toList();
    }

    private List<Segment> contents(Subject subject) {
        return isAsked(subject.live())
                ? Stream.concat(
                                Stream.of(TABLES),
                                reader.pieces(subject.live(), subject.copy().value()).stream()
                                        .map(piece -> Segment.of(KIND, piece)))
                        .toList()
                : List.of();
    }

    /// Whether a piece of an inspection is one of these.
    public boolean plans(Segment segment) {
        return segment.is(KIND) || sizes.plans(segment);
    }

    /// Looks at one piece: a whole table is compared at once, a part once all parts are there.
    public Evidence inspect(WorkloadName workload, Subject subject, Segment segment) {
        if (sizes.plans(segment)) {
            return sizes.inspect(workload, subject, (table, files) -> provesRows(workload, subject, table, files));
        }
        if (segment.equals(TABLES)) {
            return said(subject, check -> lacking(check, workload, subject));
        }
        var live = subject.live();
        var piece = ContentPiece.parse(segment.subject());
        var table = reader.table(live, piece);
        var recorded = records.newest(workload, live.name(), table, subject.restoredTo());
        if (recorded.isEmpty()) {
            return said(
                    subject,
                    check -> new Outcome.Inconclusive(
                            check, "nothing was recorded of %s up to %s".formatted(table, subject.restoredTo())));
        }
        var copy = read(subject, piece, recorded.get());
        return piece.isWhole()
                ? compared(subject, recorded.get(), copy)
                : new Evidence(
                        List.of(),
                        Tally.NOTHING,
                        List.of(),
                        Optional.of(new PartialContent(
                                copy.forTheLedger(), piece.number() == 1 ? recorded : Optional.empty())),
                        Optional.empty());
    }

    /// Whether all rows of a table that were recorded after its files are in the copy, or were replaced since.
    private boolean provesRows(WorkloadName workload, Subject subject, String table, RecordedFiles files) {
        var live = subject.live();
        var recorded = records.newest(workload, live.name(), table, subject.restoredTo())
                .filter(content -> !content.from().isBefore(files.until()))
                .filter(content -> content.presenceOnly().isEmpty());
        return recorded.isPresent()
                && reader.pieces(live, subject.copy().value()).stream()
                        .filter(ContentPiece::isWhole)
                        .filter(piece -> reader.table(live, piece).equals(table))
                        .map(piece -> AsRecorded.outcome(
                                table, recorded.get(), read(subject, piece, recorded.get()), subject))
                        .anyMatch(outcome -> outcome instanceof Outcome.Passed || outcome instanceof Outcome.Observed);
    }

    private TableContent read(Subject subject, ContentPiece piece, TableContent recorded) {
        var since = AsRecorded.since(recorded, subject.restoredTo());
        return reader.read(
                subject.live(), subject.copy().value(), piece, explainedBy(subject.live()), Optional.of(since));
    }

    /// A table that was there when live was recorded, and is not in the copy, is lost.
    private Outcome lacking(String check, WorkloadName workload, Subject subject) {
        var recorded = records.tables(workload, subject.live().name(), subject.restoredTo());
        if (recorded.isEmpty()) {
            return new Outcome.Inconclusive(
                    check, "which tables there were was not recorded up to " + subject.restoredTo());
        }
        var lacking = new TreeSet<>(recorded.get().names());
        reader.pieces(subject.live(), subject.copy().value())
                .forEach(piece -> lacking.remove(reader.table(subject.live(), piece)));
        return lacking.isEmpty()
                ? new Outcome.Passed(
                        check,
                        "tables recorded and there: " + recorded.get().names().size())
                : new Outcome.Failed(
                        check,
                        "%d of %d tables that were recorded at %s are not in the copy: %s"
                                .formatted(
                                        lacking.size(),
                                        recorded.get().names().size(),
                                        recorded.get().until(),
                                        String.join(
                                                ", ", lacking.stream().limit(5).toList())));
    }

    private static Evidence compared(Subject subject, TableContent recorded, TableContent copy) {
        var outcomes = outcomes(subject, check -> AsRecorded.outcome(check, recorded, copy, subject));
        var reaches = outcomes.stream().findFirst().flatMap(outcome -> AsRecorded.reaches(outcome, recorded, copy));
        return new Evidence(outcomes, Tally.NOTHING, List.of(), Optional.empty(), reaches);
    }

    private static Evidence said(Subject subject, Function<String, Outcome> outcome) {
        return new Evidence(outcomes(subject, outcome), Tally.NOTHING, List.of());
    }

    private static List<Outcome> outcomes(Subject subject, Function<String, Outcome> outcome) {
        return Question.of(subject.live()).stream()
                .filter(Question.SameAsRecorded.class::isInstance)
                .map(question -> outcome.apply(question.text()))
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
