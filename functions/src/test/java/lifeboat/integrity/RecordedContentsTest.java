package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Check;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.integrity.TableContent.Part;
import lifeboat.recording.InMemoryRecords;
import lifeboat.recovery.Example;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.Test;

/// The check fingerprint of a restored copy.
class RecordedContentsTest {
    private static final Instant RECORDED = Instant.parse("2026-11-26T05:00:00Z");
    private static final Instant POINT = Instant.parse("2026-11-26T14:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-11-25T00:00:00Z");
    private static final CopyName COPY = new CopyName("lifeboat-drill-20261126-k3v9x2-products");

    private final Map<ContentPiece, TableContent> copy = new HashMap<>();
    private final InMemoryRecords records = new InMemoryRecords();
    private final RecordedContents recorded = new RecordedContents(copyOf(), records);

    @Test
    void nothingIsPlannedWhereNobodyAsks() {
        holds(1, 1, part(5, BEFORE));
        assertThat(recorded.plan(subject(new Check.Items(1)))).isEmpty();
    }

    @Test
    void copyWithTheRecordedContentPassesEvenThoughLiveIsGone() {
        recorded(RECORDED, part(5, BEFORE));
        holds(1, 1, part(5, BEFORE));

        assertThat(outcome()).isInstanceOfSatisfying(Passed.class, passed -> {
            assertThat(passed.check()).isEqualTo("content as recorded, explained by updatedAt");
            assertThat(passed.seen()).contains("64 are the same");
        });
    }

    @Test
    void piecesOfALargeTableAddUpBeforeTheyAreCompared() {
        recorded(RECORDED, part(5, BEFORE));
        holds(1, 3, part(1, BEFORE));
        holds(2, 3, part(2, BEFORE));
        holds(3, 3, part(2, BEFORE));

        assertThat(outcome()).isInstanceOf(Passed.class);
    }

    @Test
    void rowsThatWereNotThereFailTheCopyInWhateverPieceTheyAre() {
        recorded(RECORDED, part(5, BEFORE));
        holds(1, 2, part(3, BEFORE));
        holds(2, 2, part(3, BEFORE));

        assertThat(outcome()).isInstanceOf(Failed.class);
    }

    @Test
    void writesBetweenAreToldAndLeaveNoGap() {
        recorded(RECORDED, part(5, BEFORE));
        holds(1, 1, part(6, RECORDED.plusSeconds(600)));

        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Observed.class,
                        observed -> assertThat(observed.seen()).contains("63 are the same, 1 were written between"));
    }

    @Test
    void withoutARecordItIsNeverPassed() {
        holds(1, 1, part(5, BEFORE));
        assertThat(outcome())
                .isEqualTo(new Inconclusive(
                        "content as recorded, explained by updatedAt",
                        "nothing was recorded of techmoda-products up to 2026-11-26T14:00:00Z"));

        copy.clear();
        holds(1, 2, part(3, BEFORE));
        holds(2, 2, part(2, BEFORE));
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
    }

    @Test
    void recordOfAfterThePointIsNotTaken() {
        recorded(POINT.plusSeconds(1), part(5, BEFORE));
        holds(1, 1, part(5, BEFORE));

        assertThat(outcome()).isInstanceOf(Inconclusive.class);
    }

    @Test
    void latestRecordUpToThePointIsTaken() {
        recorded(RECORDED, part(4, BEFORE));
        recorded(POINT, part(5, BEFORE));
        holds(1, 1, part(5, BEFORE));

        assertThat(outcome()).isInstanceOf(Passed.class);
    }

    @Test
    void pieceThatCouldNotBeReadLeavesTheAnswerOpen() {
        recorded(RECORDED, part(5, BEFORE));
        holds(1, 2, part(5, BEFORE));
        holds(2, 2, part(0, BEFORE));
        var subject = asking();
        var pieces = recorded.plan(subject);
        var seen = Map.of(pieces.getFirst(), recorded.inspect(Example.CATALOG, subject, pieces.getFirst()));

        assertThat(Conclusion.of(subject, pieces, seen, Map.of()).outcomes().getLast())
                .isInstanceOf(Inconclusive.class);
    }

    private Outcome outcome() {
        var subject = asking();
        var pieces = recorded.plan(subject);
        var evidence = new HashMap<Segment, Evidence>();
        pieces.forEach(piece -> evidence.put(piece, recorded.inspect(Example.CATALOG, subject, piece)));
        return Conclusion.of(subject, pieces, evidence, Map.of()).outcomes().getLast();
    }

    private static Subject asking() {
        return subject(new Check.Fingerprint(Optional.of("updatedAt")));
    }

    private static Subject subject(Check check) {
        var live = new Resource.DynamoDbTable(
                new ResourceName("products"), "techmoda-products", Optional.empty(), List.of(check));
        return new Subject(live, COPY, POINT, POINT, LiveTrust.ABSENT);
    }

    private void recorded(Instant at, Part part) {
        records.record(Example.CATALOG, new ResourceName("products"), content(at, part));
    }

    private void holds(int number, int of, Part part) {
        copy.put(
                new ContentPiece(number, of, new Segment("scan %d/%d by 1".formatted(number, of))),
                content(POINT, part));
    }

    private ContentReader copyOf() {
        return new ContentReader() {
            @Override
            public List<ContentPiece> pieces(Resource resource, String physicalName) {
                return copy.keySet().stream().toList();
            }

            @Override
            public TableContent read(
                    Resource resource, String physicalName, ContentPiece piece, Optional<String> explainedBy) {
                assertThat(physicalName).isEqualTo(COPY.value());
                assertThat(explainedBy).contains("updatedAt");
                return java.util.Objects.requireNonNull(copy.get(piece));
            }
        };
    }

    private static Part part(long count, Instant newest) {
        return new Part(count, new Digest(0, count), Optional.of(newest));
    }

    private static TableContent content(Instant at, Part part) {
        var parts = new ArrayList<>(TableContent.nothing());
        parts.set(9, part);
        return new TableContent("techmoda-products", "rule", parts, at, at);
    }
}
