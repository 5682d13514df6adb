package lifeboat.reconcile.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.integrity.Segment;
import lifeboat.reconcile.StoreIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanPieceTest {
    @ParameterizedTest
    @CsvSource({"0,0,1", "1000000,0,1", "1000001,0,2", "0,536870912,1", "0,536870913,2", "90000000000,0,10000"})
    void aFunctionReadsAMillionItemsOrHalfAGigabyteAtMost(long items, long bytes, int pieces) {
        assertThat(ScanSegment.forFunctions(items, bytes)).isEqualTo(pieces);
    }

    @ParameterizedTest
    @CsvSource({"0,16", "32001,17", "1000000,500", "900000000,4096"})
    void withinOneProcessSegmentsAreSmall(long items, int segments) {
        assertThat(ScanSegment.inProcess(items)).isEqualTo(segments);
    }

    @Test
    void thePiecesOfATableAreTheWholeTableOnce() {
        var pieces = ScanPiece.plan(List.of(shape(10), shape(3_500_000)));
        var parts = pieces.stream()
                .flatMap(piece -> ScanPiece.parse(piece).parts().stream())
                .toList();
        assertThat(pieces).hasSize(4).first().isEqualTo(new Segment("scan 1/4 by 438"));
        assertThat(parts).allMatch(part -> part.total() == 4 * 438);
        assertThat(new HashSet<>(parts)).hasSize(4 * 438);
        assertThat(parts.stream().mapToInt(ScanSegment::index))
                .containsExactlyElementsOf(IntStream.range(0, 4 * 438).boxed().toList());
    }

    @Test
    void aLabelOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> ScanPiece.parse(new Segment("structure"))).hasMessageContaining("'structure'");
        assertThatThrownBy(() -> ScanPiece.parse(new Segment("scan 5/4 by 2"))).hasMessageContaining("does not exist");
    }

    private static TableShape shape(long items) {
        var key = new KeySchema(new KeySchema.Part("id", KeySchema.Type.S), Optional.empty());
        return new TableShape(new StoreIdentity("t"), "t", key, Optional.empty(), items, 0);
    }
}
