package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Optional<Instant> EARLY = Optional.of(Instant.ofEpochSecond(1));
    private static final Optional<Instant> LATE = Optional.of(Instant.ofEpochSecond(2));
    private static final Tally ONE = new Tally(1, 2, 3, 4, 5, 6, EARLY, LATE, 7, 8, 9);
    private static final Tally OTHER = new Tally(10, 20, 30, 40, 50, 60, LATE, EARLY, 70, 80, 90);

    @Test
    void everyCountAddsUpAndTheLaterTimeStays() {
        assertThat(ONE.plus(OTHER)).isEqualTo(new Tally(11, 22, 33, 44, 55, 66, LATE, LATE, 77, 88, 99));
        assertThat(OTHER.plus(ONE)).isEqualTo(ONE.plus(OTHER));
    }

    @Test
    void nothingChangesNothing() {
        assertThat(ONE.plus(Tally.NOTHING)).isEqualTo(ONE);
        assertThat(Tally.NOTHING.plus(ONE)).isEqualTo(ONE);
    }

    @Test
    void onlyWhatNothingExplainsIsADifference() {
        assertThat(ONE.differences()).isEqualTo(3 + 4 + 5);
    }
}
