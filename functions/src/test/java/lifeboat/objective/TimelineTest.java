package lifeboat.objective;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant INCIDENT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant STARTED = INCIDENT.plusSeconds(60);

    @Test
    void everyPhaseCountsFromTheEndOfTheOneBefore() {
        Timeline timeline = timeline(at(90), at(400), at(460), at(500), at(560));

        assertThat(timeline.phases())
                .containsExactly(
                        phase("detect", 60),
                        phase("choose", 30),
                        phase("restore", 310),
                        phase("configure", 60),
                        phase("verify", 40),
                        phase("cut over", 60));
        assertThat(timeline.timeToRecover()).contains(Duration.ofSeconds(560));
    }

    @Test
    void thePhasesAddUpToTheTimeToRecover() {
        Timeline timeline = timeline(at(90), at(400), at(460), at(500), at(560));

        assertThat(timeline.phases().stream().map(Phase::took).reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(timeline.timeToRecover().orElseThrow());
    }

    @Test
    void aCopyThatIsUsableOnceVerifiedHasNoCutOver() {
        assertThat(timeline(at(90), at(400), at(460), at(500), at(500)).phases())
                .extracting(Phase::name)
                .containsExactly("detect", "choose", "restore", "configure", "verify");
    }

    @Test
    void whatHasNotHappenedIsNoPhase() {
        assertThat(timeline(none(), none(), none(), none(), none()).phases()).containsExactly(phase("detect", 60));
        assertThat(timeline(at(90), none(), none(), none(), none()).phases())
                .containsExactly(phase("detect", 60), phase("choose", 30));
        assertThat(timeline(at(90), at(100), none(), none(), none()).phases())
                .extracting(Phase::name)
                .containsExactly("detect", "choose", "restore");
    }

    @Test
    void aVerifiedCopyThatIsNotUsableHasNoTimeToRecover() {
        Timeline timeline = timeline(at(90), at(400), at(460), at(500), none());

        assertThat(timeline.timeToRecover()).isEmpty();
        assertThat(timeline.phases()).extracting(Phase::name).doesNotContain("cut over");
    }

    @Test
    void clocksThatDisagreeMakeAPhaseOfZeroNotANegativeOne() {
        // the service says that the restore was done before we asked for it
        assertThat(timeline(at(90), at(89), at(95), none(), none()).phases())
                .containsExactly(phase("detect", 60), phase("choose", 30), phase("restore", 0), phase("configure", 6));
        assertThat(new Timeline(STARTED, INCIDENT, none(), none(), none(), none(), Optional.of(INCIDENT))
                        .timeToRecover())
                .contains(Duration.ZERO);
    }

    private static Timeline timeline(
            Optional<Instant> restoreStarted,
            Optional<Instant> restoreCompleted,
            Optional<Instant> configured,
            Optional<Instant> verified,
            Optional<Instant> usable) {
        return new Timeline(INCIDENT, STARTED, restoreStarted, restoreCompleted, configured, verified, usable);
    }

    private static Optional<Instant> at(long seconds) {
        return Optional.of(INCIDENT.plusSeconds(seconds));
    }

    private static Optional<Instant> none() {
        return Optional.empty();
    }

    private static Phase phase(String name, long seconds) {
        return new Phase(name, Duration.ofSeconds(seconds));
    }
}
