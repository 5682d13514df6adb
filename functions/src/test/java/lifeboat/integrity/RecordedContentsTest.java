package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lifeboat.catalog.Check;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.recording.InMemoryRecords;
import lifeboat.recording.NoFiles;
import lifeboat.recovery.Example;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.Test;

/// The check fingerprint of a restored copy.
class RecordedContentsTest {
    private static final Instant RECORDED = Instant.parse("2026-11-26T05:00:00Z");
    private static final Instant POINT = Instant.parse("2026-11-26T14:00:00Z");
    private static final Instant RECENTLY = POINT.minusSeconds(3_000);
    private static final Instant BEFORE = Instant.parse("2026-11-25T00:00:00Z");
    private static final CopyName COPY = new CopyName("lifeboat-drill-20261126-k3v9x2-products");

    private final Map<ContentPiece, List<RowDigest>> copy = new HashMap<>();
    private Duration quietFor = Duration.ofHours(1);
    private final InMemoryRecords records = new InMemoryRecords();
    private final RecordedContents recorded = new RecordedContents(copyOf(), records, new NoFiles());

    @Test
    void nothingIsPlannedWhereNobodyAsks() {
        holds(1, 1, rows(5, BEFORE));
        assertThat(recorded.plan(subject(new Check.Items(1)))).isEmpty();
    }

    @Test
    void copyWithTheRecordedContentPassesEvenThoughLiveIsGone() {
        recorded(RECENTLY, rows(5, BEFORE));
        holds(1, 1, rows(5, BEFORE));
        assertThat(outcome()).isInstanceOfSatisfying(Passed.class, passed -> {
            assertThat(passed.check()).isEqualTo("content as recorded, explained by updatedAt");
            assertThat(passed.seen()).contains("5 of the recorded rows are the same", "tables recorded and there: 1");
        });
    }

    /// Nothing was compared, so nothing passed.
    @Test
    void tablesWithoutRowsOnEitherSideProveNothing() {
        recorded(RECENTLY, rows(0, BEFORE));
        holds(1, 1, rows(0, BEFORE));
        assertThat(outcome()).isInstanceOf(Inconclusive.class);

        copy.clear();
        holds(1, 2, rows(0, BEFORE));
        holds(2, 2, rows(0, BEFORE));
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
    }

    @Test
    void tableOfWhichOnlyThePresenceIsComparedDoesNotShowThatTheCopyReachesItsPoint() {
        var present = TableContent.present("techmoda-products", "a materialized view", RECENTLY);
        var asked = asking();
        var outcome = AsRecorded.outcome("content", present, present, asked);
        assertThat(outcome).isInstanceOf(Passed.class);
        assertThat(AsRecorded.reaches(outcome, present, present)).isEmpty();
    }

    @Test
    void copyThatShowsNoWriteShortlyBeforeItsPointMayBeOfAnOlderOne() {
        recorded(RECORDED, rows(5, BEFORE));
        holds(1, 1, rows(5, BEFORE));
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
        assertThat(outcome().seen())
                .contains(
                        "Nothing shows that the copy reaches its point in time",
                        "the newest write in it is of " + RECORDED);
        quietFor = Duration.ofHours(9);
        assertThat(outcome()).isInstanceOf(Passed.class);
        quietFor = Duration.ofHours(9).minusNanos(1);
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
        quietFor = Duration.ofHours(1);
        holds(1, 1, rows(5, BEFORE), rows(6, POINT.minusSeconds(3601)).subList(5, 6));
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
        holds(1, 1, rows(5, BEFORE), rows(6, POINT.minusSeconds(3600)).subList(5, 6));
        assertThat(outcome()).isInstanceOf(Observed.class);
    }

    @Test
    void tableThatTheCopyLacksFails() {
        recorded(RECENTLY, rows(5, BEFORE));
        records.record(
                Example.CATALOG,
                new ResourceName("products"),
                new RecordedTables(List.of("techmoda-products", "techmoda-prices"), RECENTLY.plusSeconds(1)));
        holds(1, 1, rows(5, BEFORE));
        assertThat(outcome()).isInstanceOf(Failed.class);
        assertThat(outcome().seen()).contains("1 of 2 tables", "not in the copy: techmoda-prices");
    }

    @Test
    void piecesOfALargeTableAddUpBeforeTheyAreCompared() {
        recorded(RECENTLY, rows(5, BEFORE));
        holds(1, 3, rows(5, BEFORE).subList(0, 1));
        holds(2, 3, rows(5, BEFORE).subList(1, 3));
        holds(3, 3, rows(5, BEFORE).subList(3, 5));
        assertThat(outcome()).isInstanceOf(Passed.class);
    }

    @Test
    void rowsThatWereNotThereFailTheCopyInWhateverPieceTheyAre() {
        recorded(RECENTLY, rows(5, BEFORE));
        holds(1, 2, rows(3, BEFORE));
        holds(2, 2, rows(6, BEFORE).subList(3, 6));
        assertThat(outcome()).isInstanceOf(Failed.class);
    }

    @Test
    void writesBetweenAreToldAndLeaveNoGap() {
        recorded(RECENTLY, rows(5, BEFORE));
        holds(1, 1, rows(5, BEFORE), rows(6, RECENTLY.plusSeconds(600)).subList(5, 6));
        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Observed.class,
                        observed -> assertThat(observed.seen())
                                .contains("5 of the recorded rows are the same, 1 were written since"));
    }

    @Test
    void withoutARecordItIsNeverPassed() {
        holds(1, 1, rows(5, BEFORE));
        assertThat(outcome())
                .isEqualTo(new Inconclusive(
                        "content as recorded, explained by updatedAt",
                        "which tables there were was not recorded up to 2026-11-26T14:00:00Z;"
                                + " nothing was recorded of techmoda-products up to 2026-11-26T14:00:00Z"));

        copy.clear();
        holds(1, 2, rows(3, BEFORE));
        holds(2, 2, rows(5, BEFORE).subList(3, 5));
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
    }

    @Test
    void recordOfAfterThePointIsNotTaken() {
        recorded(POINT.plusSeconds(1), rows(5, BEFORE));
        holds(1, 1, rows(5, BEFORE));

        assertThat(outcome()).isInstanceOf(Inconclusive.class);
    }

    @Test
    void latestRecordUpToThePointIsTaken() {
        recorded(RECORDED, rows(4, BEFORE));
        recorded(POINT, rows(5, BEFORE));
        holds(1, 1, rows(5, BEFORE));

        assertThat(outcome()).isInstanceOf(Passed.class);
    }

    @Test
    void pieceThatCouldNotBeReadLeavesTheAnswerOpen() {
        recorded(RECORDED, rows(5, BEFORE));
        holds(1, 2, rows(5, BEFORE));
        holds(2, 2, rows(0, BEFORE));
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

    private Subject asking() {
        return subject(new Check.Fingerprint(Optional.of("updatedAt"), quietFor));
    }

    private static Subject subject(Check check) {
        var live = new Resource.DynamoDbTable(
                new ResourceName("products"), "techmoda-products", Optional.empty(), List.of(check));
        return new Subject(live, COPY, POINT, POINT, LiveTrust.ABSENT);
    }

    private void recorded(Instant at, List<RowDigest> rows) {
        var products = new ResourceName("products");
        records.record(Example.CATALOG, products, content(at, rows, Optional.empty()));
        records.record(Example.CATALOG, products, new RecordedTables(List.of("techmoda-products"), at));
    }

    private void holds(int number, int of, List<RowDigest> rows) {
        copy.put(new ContentPiece(number, of, new Segment("scan %d/%d by 1".formatted(number, of))), rows);
    }

    private void holds(int number, int of, List<RowDigest> rows, List<RowDigest> others) {
        holds(number, of, Stream.concat(rows.stream(), others.stream()).toList());
    }

    private ContentReader copyOf() {
        return new ContentReader() {
            @Override
            public List<ContentPiece> pieces(Resource resource, String physicalName) {
                return copy.keySet().stream().toList();
            }

            @Override
            public TableContent read(
                    Resource resource,
                    String physicalName,
                    ContentPiece piece,
                    Optional<String> explainedBy,
                    Optional<TableContent.Since> since) {
                assertThat(physicalName).isEqualTo(COPY.value());
                assertThat(explainedBy).contains("updatedAt");
                return content(POINT, Objects.requireNonNull(copy.get(piece)), since);
            }

            @Override
            public String table(Resource resource, ContentPiece piece) {
                return "techmoda-products";
            }
        };
    }

    private static List<RowDigest> rows(int count, Instant newest) {
        return IntStream.range(0, count)
                .mapToObj(i -> new RowDigest(i * 31L, i * 37L, Optional.of(newest)))
                .toList();
    }

    private static TableContent content(Instant at, List<RowDigest> rows, Optional<TableContent.Since> since) {
        var content = new TableContent.Rows(since);
        rows.forEach(content::add);
        return content.content("techmoda-products", "rule", at, at);
    }
}
