package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// How the verification of a database is cut, and what its parts are called.
class EnginePieceTest {
    @Test
    void everyPieceIsReadAsItWasWritten() {
        for (var piece : List.of(
                new EnginePiece.Whole("public.orders"),
                new EnginePiece.Whole("public.\"blocks 1-2 of x\""),
                new EnginePiece.Whole("index.catalogs"),
                new EnginePiece.Blocks("public.\"a\nb\"", 0, 7),
                new EnginePiece.Index("public.orders_pkey"),
                new EnginePiece.Catalogs(),
                new EnginePiece.Sequences())) {
            assertThat(EnginePiece.parse(piece.toString())).isEqualTo(piece);
        }
    }

    @Test
    void piecesHoldEveryBlockOnceAndTheLastWhateverIsAddedMeanwhile() {
        assertThat(EnginePiece.blocks("t", 25, 10))
                .containsExactly(
                        new EnginePiece.Blocks("t", 0, 9),
                        new EnginePiece.Blocks("t", 10, 19),
                        new EnginePiece.Blocks("t", 20, EnginePiece.LAST));
        assertThat(EnginePiece.blocks("t", 20, 10))
                .containsExactly(new EnginePiece.Blocks("t", 0, 9), new EnginePiece.Blocks("t", 10, EnginePiece.LAST));
        assertThat(EnginePiece.blocks("t", 0, 10)).containsExactly(new EnginePiece.Blocks("t", 0, EnginePiece.LAST));
    }
}
