package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The events that one resource leaves in the history of its execution, counted as Step Functions does.
///
/// A state that waits or chooses leaves two (entered, exited), a task five (entered, scheduled, started, succeeded,
/// exited), an item of an inline map two (started, succeeded).
///
/// @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">HistoryEvent</a>
class PaceTest {
    private static final int MOST_EVENTS = 25_000;
    private static final int WAIT = 2;
    private static final int CHOICE = 2;
    private static final int TASK = 5;
    private static final int MAP_ITEM = 2;
    private static final int PIECES = 500;
    private static final Duration PARITY = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT30M", "PT4H", "PT24H", "PT72H", "P8D"})
    void theHistoryOfAResourceNeverFillsThoughFiveHundredChecksFail(Duration restore) {
        long checks = PIECES * (MAP_ITEM + TASK + TASK); // each with its failure written down
        long rest = 8 * TASK;

        assertThat(loop(restore) + loop(PARITY) + checks + rest).isLessThan(MOST_EVENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT30M", "PT4H", "PT24H", "PT72H", "P8D"})
    void theEndOfARestoreIsSeenWithinTenSecondsOrATwoHundredthOfItsTime(Duration restore) {
        Duration seen = Duration.ZERO;
        while (seen.compareTo(restore) < 0) {
            seen = seen.plusSeconds(Pace.waitSeconds(seen));
        }

        Duration share = restore.dividedBy(200);
        Duration ten = Duration.ofSeconds(10);
        assertThat(seen.minus(restore)).isLessThanOrEqualTo(share.compareTo(ten) > 0 ? share : ten);
    }

    @Test
    void itIsAskedEveryTenSecondsAtFirst() {
        assertThat(Pace.waitSeconds(Duration.ZERO)).isEqualTo(10);
        assertThat(Pace.waitSeconds(Duration.ofMinutes(34))).isEqualTo(10);
        assertThat(Pace.waitSeconds(Duration.ofSeconds(2_200))).isEqualTo(11);
        assertThat(Pace.waitSeconds(Duration.ofDays(3))).isEqualTo(72 * 3600 / 200);
    }

    @Test
    void clocksThatDisagreeNeverMakeAWaitThatStepFunctionsRefuses() {
        assertThat(Pace.waitSeconds(Duration.ofHours(-1))).isEqualTo(10);
    }

    /// Events of one loop: ask, choose, wait, as long as the operation takes.
    private static long loop(Duration lasts) {
        long events = TASK + CHOICE;
        Duration elapsed = Duration.ZERO;
        while (elapsed.compareTo(lasts) < 0) {
            elapsed = elapsed.plusSeconds(Pace.waitSeconds(elapsed));
            events += WAIT + TASK + CHOICE;
        }
        return events;
    }
}
