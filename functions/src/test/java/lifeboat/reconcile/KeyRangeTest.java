package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lifeboat.catalog.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which keys a range holds: never one more than a person reads into it.
class KeyRangeTest {
    @ParameterizedTest
    @CsvSource({"9, 9", "9, 100", "-5, -4.5", "a, a", "a, b", "Z, a", "9, b", "007, 7", "7, 007"})
    void bothEndsAreInside(String from, String to) {
        assertThat(new KeyRange(from, to).contains(from)).isTrue();
        assertThat(new KeyRange(from, to).contains(to)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"9, 100, 8", "9, 100, 8.999", "9, 100, 101", "-5, 5, -6", "a, c, cc", "b, c, a", "b, c, B"})
    void whatLiesBeyondAnEndIsOutside(String from, String to, String value) {
        assertThat(new KeyRange(from, to).contains(value)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"9, 100, 20", "9, 100, 9.5", "-10, -9, -9.5", "1, 2, 1.0000000000000000000000000000000000000001"})
    void numbersAreComparedAsNumbers(String from, String to, String value) {
        assertThat(new KeyRange(from, to).contains(value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"b", "'20 '", "2e1", "+20", "0x20", "''", "٢٠", "20."})
    void whatIsNoNumberIsOutsideOfARangeOfNumbers(String value) {
        assertThat(new KeyRange("9", "100").contains(value)).isFalse();
    }

    @Test
    void whereOneEndIsNoNumberAllAreComparedAsText() {
        KeyRange range = new KeyRange("9", "b");
        assertThat(range.contains("95")).isTrue();
        assertThat(range.contains("a")).isTrue();
        assertThat(range.contains("10")).as("before \"9\" as text").isFalse();
        assertThat(new KeyRange("$", "5").contains("10"))
                .as("\"10\" lies before \"5\"")
                .isTrue();
        assertThat(new KeyRange("$", "5").contains("6")).isFalse();
    }

    @Test
    void firstBehindTheLastIsRefusedAndNamed() {
        assertThatThrownBy(() -> new KeyRange("100", "9"))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-402", "\"100..9\"");
        assertThatThrownBy(() -> new KeyRange("b", "a")).hasMessageContaining("LB-402");
    }

    @Test
    void endsThatAreTooLongToBeNumbersAreText() {
        String forty = "1".repeat(40);
        assertThat(new KeyRange("9", forty).contains("100")).isTrue();
        assertThat(new KeyRange("1", forty + "1").contains("12")).as("as text").isFalse();
    }
}
