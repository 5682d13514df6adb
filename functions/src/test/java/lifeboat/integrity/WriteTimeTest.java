package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:15:30Z,            2026-11-20T10:15:30Z",
        "2026-11-20T10:15:30.123456789Z,  2026-11-20T10:15:30.123456789Z",
        "2026-11-20T10:15:30+02:00,       2026-11-20T08:15:30Z",
        "2026-11-20T10:15:30.5,           2026-11-20T10:15:30.5Z",
        "2026-11-20T10:15,                2026-11-20T10:15:00Z",
    })
    void textIsIsoAndUtcWhereItNamesNoOffset(String text, Instant time) {
        assertThat(WriteTime.ofText(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-20", "1763633730", "2026-13-20T10:15:30Z", "2026-11-20 10:15:30"})
    void otherTextIsNotGuessedAt(String text) {
        assertThat(WriteTime.ofText(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1,              1970-01-01T00:00:01Z",
        "0.25,           1970-01-01T00:00:00.25Z",
        "1763633730,     2025-11-20T10:15:30Z",
        "1763633730.5,   2025-11-20T10:15:30.5Z",
        "1.7636337305E9, 2025-11-20T10:15:30.5Z",
        "1763633730123,  2025-11-20T10:15:30.123Z",
        "99999999999,    5138-11-16T09:46:39Z",
        "100000000000,   1973-03-03T09:46:40Z",
        "99999999999999, 5138-11-16T09:46:39.999Z",
    })
    void aNumberIsSecondsUpToTheSizeThatOnlyMillisecondsReach(BigDecimal number, Instant time) {
        assertThat(WriteTime.ofNumber(number)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100000000000000", "1E+38"})
    void aNumberThatIsNoTimeIsNotGuessedAt(BigDecimal number) {
        assertThat(WriteTime.ofNumber(number)).isEqualTo(Optional.empty());
    }

    @Test
    void fractionsBelowANanosecondAreCut() {
        assertThat(WriteTime.ofNumber(new BigDecimal("1.0000000019"))).contains(Instant.ofEpochSecond(1, 1));
    }
}
