package lifeboat.integrity;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lifeboat.integrity.Tally.Kind;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Optional<Instant> EARLY = Optional.of(Instant.ofEpochSecond(1));
    private static final Optional<Instant> LATE = Optional.of(Instant.ofEpochSecond(2));
    private static final Tally ONE = new Tally(eachTimes(1), EARLY, LATE);
    private static final Tally OTHER = new Tally(eachTimes(10), LATE, EARLY);

    private static Map<Kind, Long> eachTimes(long factor) {
        return Arrays.stream(Kind.values()).collect(toMap(Function.identity(), kind -> factor * (kind.ordinal() + 1)));
    }

    @Test
    void everyCountAddsUpAndTheLaterTimeStays() {
        assertThat(ONE.plus(OTHER)).isEqualTo(new Tally(eachTimes(11), LATE, LATE));
        assertThat(OTHER.plus(ONE)).isEqualTo(ONE.plus(OTHER));
    }

    @Test
    void nothingChangesNothing() {
        assertThat(ONE.plus(Tally.NOTHING)).isEqualTo(ONE);
        assertThat(Tally.NOTHING.plus(ONE)).isEqualTo(ONE);
    }

    @Test
    void noRowsOfAKindAreTheSameAsNoCountOfIt() {
        assertThat(Tally.of(eachTimes(0))).isEqualTo(Tally.NOTHING);
        assertThat(Tally.NOTHING.count(Kind.CHANGED)).isZero();
    }

    @Test
    void onlyWhatNothingExplainsIsADifference() {
        Tally tally = Tally.of(Map.of(
                Kind.COPY_ROWS, 100L,
                Kind.LIVE_ROWS, 200L,
                Kind.MISSING_IN_LIVE, 3L,
                Kind.CHANGED, 40L,
                Kind.UNEXPECTED_IN_LIVE, 500L,
                Kind.EXPLAINED, 6L));
        assertThat(tally.differences()).isEqualTo(543);
    }
}
