package lifeboat.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Duration RPO = Duration.ofMinutes(15);

    @Test
    void exactlyTheObjectiveIsMet() {
        assertThat(Verdict.on(RPO, RPO)).isEqualTo(new Verdict.Met(RPO, RPO));
    }

    @Test
    void theSmallestExcessIsAMiss() {
        Duration measured = RPO.plusNanos(1);

        assertThat(Verdict.on(measured, RPO)).isEqualTo(new Verdict.Missed(measured, RPO));
    }

    @Test
    void nothingLostIsMet() {
        assertThat(Verdict.on(Duration.ZERO, RPO).standing()).isEqualTo(Standing.MET);
    }

    @Test
    void aMissKeepsWhatWasMeasuredAndTheUnmeasuredHasNothing() {
        assertThat(Verdict.on(RPO.plusSeconds(1), RPO).measurement()).contains(RPO.plusSeconds(1));
        assertThat(Verdict.on(RPO.minusSeconds(1), RPO).measurement()).contains(RPO.minusSeconds(1));
        assertThat(new Verdict.Unmeasured("no clock").measurement()).isEmpty();
    }

    @Test
    void theUnmeasuredIsNeverMet() {
        assertThat(new Verdict.Unmeasured("no clock").standing()).isEqualTo(Standing.UNMEASURED);
        assertThat(Verdict.on(RPO.plusSeconds(1), RPO).standing()).isEqualTo(Standing.MISSED);
    }

    @Test
    void aMissOutweighsTheUnknownWhichOutweighsTheMet() {
        assertThat(Standing.worst(List.of(Standing.MET, Standing.MISSED, Standing.UNMEASURED)))
                .isEqualTo(Standing.MISSED);
        assertThat(Standing.worst(List.of(Standing.MET, Standing.UNMEASURED))).isEqualTo(Standing.UNMEASURED);
        assertThat(Standing.worst(List.of(Standing.MET, Standing.MET))).isEqualTo(Standing.MET);
    }

    @Test
    void nothingAtAllIsUnmeasured() {
        assertThat(Standing.worst(List.of())).isEqualTo(Standing.UNMEASURED);
    }
}
