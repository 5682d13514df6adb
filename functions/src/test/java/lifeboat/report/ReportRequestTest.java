package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a schedule or a person asks for.
class ReportRequestTest {
    private static final Instant NOW = Instant.parse("2026-11-20T06:00:07Z");

    @Test
    void thePeriodEndsNowUnlessAnInstantIsGiven() {
        assertThat(read("{'period': 'weekly'}")).isEqualTo(new ReportRequest(Period.WEEKLY, NOW));
        assertThat(read("{'period': 'daily', 'at': '2026-11-19T23:59:00Z'}").day())
                .hasToString("2026-11-19");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                       | field "period" is missing: one of daily, weekly, monthly, quarterly
            []                                       | field "period" is missing: one of daily, weekly, monthly, quarterly
            {'period': 'yearly'}                     | period "yearly" is not allowed: one of daily, weekly, monthly, quarterly
            {'period': 7}                            | period 7 is not allowed: one of daily, weekly, monthly, quarterly
            {'period': 'daily', 'day': 1}            | field "day" is not allowed: period, at
            {'period': 'daily', 'at': 'noon'}        | at "noon" is not allowed: an instant, for example 2026-11-20T06:00:00Z
            {'period': 'daily', 'at': null}          | at null is not allowed: an instant, for example 2026-11-20T06:00:00Z
            {'period': 'daily', 'at': '2026-11-20T06:00:08Z'} | at "2026-11-20T06:00:08Z" is not allowed: from 2020-01-01T00:00:00Z to now, 2026-11-20T06:00:07Z
            {'period': 'daily', 'at': '-1000000000-01-01T00:00:00Z'} | at "-1000000000-01-01T00:00:00Z" is not allowed: from 2020-01-01T00:00:00Z to now, 2026-11-20T06:00:07Z
            """)
    void anythingElseIsRefusedWithWhatIsAllowed(String event, String message) {
        assertThatThrownBy(() -> read(event)).hasMessage("LB-601 " + message);
    }

    @Test
    void aMonthIsAMonthOfTheCalendar() {
        assertThat(Period.MONTHLY.before(Instant.parse("2026-03-31T06:00:00Z"))).isEqualTo("2026-02-28T06:00:00Z");
        assertThat(Period.QUARTERLY.before(Instant.parse("2026-01-01T00:00:00Z")))
                .isEqualTo("2025-10-01T00:00:00Z");
    }

    private static ReportRequest read(String event) {
        try {
            return ReportRequest.read(new ObjectMapper().readTree(event.replace('\'', '"')), NOW);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
