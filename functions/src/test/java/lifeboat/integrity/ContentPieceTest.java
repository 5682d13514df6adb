package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentPieceTest {
    @Test
    void labelIsReadAsItWasWritten() {
        for (var piece : new ContentPiece[] {
            new ContentPiece(3, 16, new Segment("scan 3/16 by 32")),
            ContentPiece.whole(new Segment("public.odd name\nof two lines"))
        }) {
            assertThat(ContentPiece.parse(piece.toString())).isEqualTo(piece);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "public.orders", "0/1 orders", "2/1 orders", "1/1", "a/b c"})
    void otherTextsAreRefused(String label) {
        assertThatThrownBy(() -> ContentPiece.parse(label)).isInstanceOf(IllegalArgumentException.class);
    }
}
