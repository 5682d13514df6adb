package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lifeboat.integrity.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanPlanTest {
    @ParameterizedTest
    @CsvSource({
        "0,       0,         1",
        "250000,  268435456, 1",
        "250001,  0,         2",
        "1,       268435457, 2",
        "1000000, 1,         4",
        "9223372036854775807, 0, 100",
    })
    void aTableIsCutByItemsAndBytesIntoAHundredPiecesAtMost(long items, long bytes, int pieces) {
        assertThat(ScanPlan.pieces(items, bytes)).hasSize(pieces);
    }

    @Test
    void everyPieceIsReadBackAsTheSegmentThatItIs() {
        assertThat(ScanPlan.pieces(700_000, 0).stream().map(ScanPlan::of))
                .containsExactly(new ScanPlan(0, 3), new ScanPlan(1, 3), new ScanPlan(2, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"structure", "scan", "scan a/b", "scan 1/2/3", "scan 1/1000"})
    void anotherLabelIsRefused(String label) {
        assertThatThrownBy(() -> ScanPlan.of(new Segment(label)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(label);
    }
}
