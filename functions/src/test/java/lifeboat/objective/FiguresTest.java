package lifeboat.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT3S, 3s",
        "PT3.2S, 3.2s",
        "PT9.04S, 9.1s",
        "PT59S, 59s",
        "PT60S, 1m",
        "PT14M5S, 14m 5s",
        "PT59M59S, 59m 59s",
        "PT1H, 1h",
        "PT1H20M, 1h 20m",
        "PT23H59M, 23h 59m",
        "PT24H, 1d",
        "PT51H, 2d 3h",
        "PT49H, 2d 1h"
    })
    void aDurationIsWrittenInItsTwoLargestUnits(Duration duration, String text) {
        assertThat(Figures.text(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0.001S, 0.1s", "PT0.000000001S, 0.1s", "PT59.95S, 1m", "PT59.999S, 1m"})
    void whatIsNotNothingIsNeverWrittenAsNothing(Duration duration, String text) {
        assertThat(Figures.text(duration)).isEqualTo(text);
    }

    @Test
    void anInstantIsWrittenToTheSecondInUtc() {
        assertThat(Figures.text(Instant.parse("2026-11-20T10:00:00.999Z"))).isEqualTo("2026-11-20T10:00:00Z");
    }
}
