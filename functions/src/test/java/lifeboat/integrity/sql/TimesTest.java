package lifeboat.integrity.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final Times CLOCK = Times.of(new Table.Column("at", "at", "timestamp with time zone"));
    private static final Times NUMBER = Times.of(new Table.Column("at", "at", "bigint"));

    @Test
    void columnsOfTimesAreReadAsSeconds() {
        for (var type : List.of("timestamp with time zone", "timestamp without time zone", "date")) {
            assertThat(Times.of(new Table.Column("at", "\"at\"", type)))
                    .isEqualTo(new Times("extract(epoch from \"at\")::text", true));
        }
        assertThat(NUMBER).isEqualTo(new Times("at::text", false));
    }

    @Test
    void everyMicrosecondCounts() {
        assertThat(CLOCK.read("1763633730.000001")).contains(Instant.parse("2025-11-20T10:15:30.000001Z"));
        assertThat(CLOCK.read("-0.000001")).contains(Instant.parse("1969-12-31T23:59:59.999999Z"));
        assertThat(CLOCK.read("200000000000")).contains(Instant.parse("8307-10-01T19:33:20Z"));
    }

    @Test
    void applicationsMayWriteNumbersOrText() {
        assertThat(NUMBER.read("1763633730123")).contains(Instant.parse("2025-11-20T10:15:30.123Z"));
        assertThat(NUMBER.read("2025-11-20T10:15:30Z")).contains(Instant.parse("2025-11-20T10:15:30Z"));
    }

    @Test
    void whatIsNoTimeIsEmpty() {
        assertThat(CLOCK.read(null)).isEmpty();
        assertThat(CLOCK.read("Infinity")).isEmpty();
        assertThat(CLOCK.read("-Infinity")).isEmpty();
        assertThat(NUMBER.read("NaN")).isEmpty();
        assertThat(NUMBER.read(".")).isEmpty();
        assertThat(NUMBER.read("1.2.3")).isEmpty();
        assertThat(NUMBER.read("soon")).isEmpty();
    }
}
