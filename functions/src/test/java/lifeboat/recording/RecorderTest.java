package lifeboat.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.catalog.Check;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.ContentReader;
import lifeboat.integrity.FileSizes;
import lifeboat.integrity.RecordedFiles;
import lifeboat.integrity.RecordedTables;
import lifeboat.integrity.RowDigest;
import lifeboat.integrity.Segment;
import lifeboat.integrity.TableContent;
import lifeboat.recovery.Example;
import org.junit.jupiter.api.Test;

/// A recording of what one live resource holds, step by step.
class RecorderTest {
    private static final Instant NOW = Instant.parse("2026-11-26T14:00:00Z");
    private static final Resource ORDERS = new Resource.RdsInstance(
            new ResourceName("orders"),
            "techmoda-orders",
            new SqlAccess("orders", "techmoda/orders"),
            Optional.empty(),
            List.of(new Check.Fingerprint(Optional.of("updated_at"))));
    private static final RecordedFiles FILES =
            new RecordedFiles(Map.of(16384L, new RecordedFiles.Length(16390, 7)), NOW);
    private static final Recording RECORDING = Recording.of("now", Example.CATALOG, ORDERS.name());
    private static final ContentPiece CARTS = ContentPiece.whole(new Segment("public.carts"));
    private static final ContentPiece FIRST = new ContentPiece(1, 2, new Segment("scan 1/2 by 1"));
    private static final ContentPiece SECOND = new ContentPiece(2, 2, new Segment("scan 2/2 by 1"));

    private final List<ContentPiece> pieces = new ArrayList<>(List.of(CARTS, FIRST, SECOND));
    private final List<String> reads = new ArrayList<>();
    private final InMemoryRecords records = new InMemoryRecords();
    private final Recorder recorder = new Recorder(
            Example.environment(Example.workload("catalog", Example.PRODUCTS, ORDERS)),
            live(),
            records,
            records,
            files());

    @Test
    void tablesAreRecordedOnceAllTheirPiecesAreRead() {
        var planned = recorder.plan(RECORDING);
        planned.forEach(piece -> recorder.read(RECORDING, piece));

        assertThat(recorder.record(RECORDING, planned)).isEqualTo(2);
        assertThat(records.recorded).containsExactlyInAnyOrder(content("public.carts", 1), content("lines", 2));
        assertThat(records.tables).containsExactly(new RecordedTables(List.of("lines", "public.carts"), NOW));
        assertThat(reads).contains("techmoda-orders by updated_at");
    }

    @Test
    void filesAreMeasuredAndRecordedBeforeAnythingIsRead() {
        recorder.plan(RECORDING);

        assertThat(records.files).containsExactly(FILES);
        assertThat(reads).isEmpty();
    }

    @Test
    void pieceThatWasNotReadKeepsOnlyItsOwnTableOut() {
        recorder.read(RECORDING, CARTS);
        recorder.read(RECORDING, SECOND);

        assertThatThrownBy(() -> recorder.record(RECORDING, pieces))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-463")
                .hasMessageContaining("1 of 3 pieces of catalog/orders")
                .hasMessageContaining("scan 1/2 by 1");
        assertThat(records.recorded).containsExactly(content("public.carts", 1));
        assertThat(records.tables).containsExactly(new RecordedTables(List.of("lines", "public.carts"), NOW));
    }

    @Test
    void pieceThatIsReadTwiceCountsOnce() {
        pieces.forEach(piece -> recorder.read(RECORDING, piece));
        pieces.forEach(piece -> recorder.read(RECORDING, piece));
        recorder.record(RECORDING, pieces);

        assertThat(records.recorded).contains(content("lines", 2));
    }

    @Test
    void pieceOfAnotherPlanIsNotAddedUp() {
        records.keep(RECORDING.id(), new ContentPiece(3, 4, new Segment("scan 3/4 by 1")), content("lines", 9));
        pieces.forEach(piece -> recorder.read(RECORDING, piece));
        recorder.record(RECORDING, pieces);

        assertThat(records.recorded).contains(content("lines", 2));
    }

    @Test
    void morePiecesThanOneExecutionMayHaveAreRefused() {
        pieces.clear();
        IntStream.rangeClosed(0, Recorder.MOST_PIECES)
                .forEach(table -> pieces.add(ContentPiece.whole(new Segment("t" + table))));

        assertThatThrownBy(() -> recorder.plan(RECORDING)).hasMessageContaining("LB-462");
    }

    @Test
    void nothingIsReadOfWhatNobodyAskedToRecord() {
        for (var other : List.of(
                Recording.of("now", Example.CATALOG, Example.PRODUCTS.name()),
                Recording.of("now", new WorkloadName("payments"), ORDERS.name()))) {
            assertThatThrownBy(() -> recorder.read(other, CARTS)).hasMessageContaining("LB-461");
            assertThatThrownBy(() -> recorder.plan(other)).hasMessageContaining("LB-461");
        }
        assertThat(reads).isEmpty();
    }

    private static FileSizes files() {
        return new NoFiles() {
            @Override
            public Optional<RecordedFiles> live(Resource resource) {
                return Optional.of(FILES);
            }
        };
    }

    private ContentReader live() {
        return new ContentReader() {
            @Override
            public List<ContentPiece> pieces(Resource resource, String physicalName) {
                return pieces;
            }

            @Override
            public TableContent read(
                    Resource resource,
                    String physicalName,
                    ContentPiece piece,
                    Optional<String> explainedBy,
                    Optional<TableContent.Since> since) {
                assertThat(since).isEmpty();
                reads.add(physicalName + " by " + explainedBy.orElse("nothing"));
                return content(table(resource, piece), 1);
            }

            @Override
            public String table(Resource resource, ContentPiece piece) {
                return piece.isWhole() ? piece.what().label() : "lines";
            }
        };
    }

    private static TableContent content(String table, long count) {
        var rows = new TableContent.Rows(Optional.empty());
        for (var i = 0; i < count; i++) {
            rows.add(new RowDigest(1, 2, Optional.of(NOW)));
        }
        return rows.content(table, "rule", NOW, NOW);
    }
}
