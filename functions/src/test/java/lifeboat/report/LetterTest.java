package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTest {
    private static final int MOST_BYTES = 262_144;

    @Test
    void whatFitsStaysAsItIs() {
        Letter letter = new Letter("s".repeat(99), "b".repeat(MOST_BYTES));

        assertThat(letter.subject()).isEqualTo("s".repeat(99));
        assertThat(letter.body()).isEqualTo("b".repeat(MOST_BYTES));
    }

    @Test
    void aLongerSubjectIsCutAndShowsIt() {
        assertThat(new Letter("s".repeat(100), "").subject()).hasSize(99).isEqualTo("s".repeat(96) + "...");
    }

    @Test
    void aSubjectIsPrintableAsciiOnOneLine() {
        assertThat(new Letter("a\r\nb\tc\u00e9d\u007f", "").subject()).isEqualTo("a??b?c?d?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e9", "\u20ac", "\ud83d\ude91"})
    void aLongerBodyIsCutBetweenCharactersAndSaysSo(String character) {
        for (int shift = 1; shift < 5; shift++) {
            String whole = "x".repeat(shift) + character.repeat(MOST_BYTES);

            String body = new Letter("subject", whole).body();

            assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(MOST_BYTES - 3, MOST_BYTES);
            assertThat(body.endsWith("\n[cut: the whole is in the ledger]\n")).isTrue();
            assertThat(whole.startsWith(body.substring(0, body.indexOf("\n[cut"))))
                    .isTrue();
        }
    }

    @Test
    void oneByteTooManyIsCut() {
        assertThat(new Letter("s", "b".repeat(MOST_BYTES + 1)).body()).endsWith("ledger]\n");
    }
}
