package lifeboat.aws.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.Digest;
import lifeboat.integrity.Segment;
import lifeboat.integrity.TableContent;
import lifeboat.integrity.TableContent.Part;
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
        IntStream.range(0, 400)
                .forEach(table ->
                        readings.keep(RECORDING, ContentPiece.whole(new Segment("public.t" + table)), content(table)));

        assertThat(readings.of(RECORDING)).hasSize(400);
    }

    private static TableContent content(long count) {
        var parts = new ArrayList<>(TableContent.nothing());
        IntStream.range(0, TableContent.PARTS)
                .forEach(part -> parts.set(part, new Part(count, new Digest(-1, part), Optional.of(FIVE))));
        return new TableContent("orders", "rule", parts, FIVE, FIVE);
    }
}
