package lifeboat.aws.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.RowDigest;
import lifeboat.integrity.Segment;
import lifeboat.integrity.TableContent;
import lifeboat.recording.RecordingId;
import org.junit.jupiter.api.Test;

/// Pieces of a recording under way, in the ledger's table.
class DynamoDbReadingsTest {
    private static final RecordingId RECORDING = new RecordingId("shop-orders-0123456789ab");
    private static final Instant FIVE = Instant.parse("2026-11-20T05:00:00Z");
    private final DynamoDbReadings readings = new DynamoDbReadings(LocalDynamoDb.client(), LedgerTable.create());

    @Test
    void piecesAreFoundAsTheyWereReadAndTheFirstCounts() {
        var first = new ContentPiece(1, 2, new Segment("scan 1/2 by 16"));
        var second = new ContentPiece(2, 2, new Segment("scan 2/2 by 16"));
        readings.keep(RECORDING, first, content(1));
        readings.keep(RECORDING, second, content(2));
        readings.keep(RECORDING, first, content(3));

        assertThat(readings.of(RECORDING)).isEqualTo(Map.of(first, content(1), second, content(2)));
        assertThat(readings.of(new RecordingId("shop-orders-ba9876543210"))).isEmpty();
    }

    @Test
    void morePiecesThanOneAnswerHoldsAreAllFound() {
        IntStream.range(0, 60)
                .forEach(table ->
                        readings.keep(RECORDING, ContentPiece.whole(new Segment("public.t" + table)), content(table)));

        assertThat(readings.of(RECORDING)).hasSize(60);
    }

    private static TableContent content(long count) {
        var rows = new TableContent.Rows(Optional.empty());
        for (var i = 0; i < 2_000; i++) {
            rows.add(new RowDigest(i * 0x9E3779B97F4A7C15L, count, RowDigest.UNTIMED));
        }
        return rows.content("orders", "rule", FIVE, FIVE);
    }
}
