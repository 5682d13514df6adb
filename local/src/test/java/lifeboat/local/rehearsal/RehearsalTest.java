package lifeboat.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lifeboat.objective.Standing;
import lifeboat.recovery.Mode;
import org.junit.jupiter.api.Test;

/// One rehearsal of the lab from end to end, on small data.
class RehearsalTest {
    @Test
    void theLabIsRecoveredToTheSecondBeforeTheDamage() {
        Script script = new Script(
                Path.of("infra/environments/lab.yaml"),
                Optional.empty(),
                Mode.DRILL,
                new Script.Back.AsLateAsPossible(),
                1_200,
                5_000,
                true,
                3,
                Duration.ofSeconds(2));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Outcome outcome = new Rehearsal(script, new Terminal(nowhere, false, true)).run((_, _) -> {});

        assertThat(outcome.objections()).isEmpty();
        assertThat(outcome.judged().assessment().standing()).isEqualTo(Standing.MET);
        assertThat(outcome.comparisons().values())
                .hasSize(2)
                .allSatisfy(comparison -> assertThat(comparison.exact()).isTrue())
                .allSatisfy(comparison -> assertThat(comparison.damaged()).isPositive())
                .allSatisfy(comparison -> assertThat(comparison.cameBack()).isEqualTo(comparison.damaged()));
        assertThat(outcome.letters()).isNotEmpty();
        assertThat(new OutcomeJson(outcome).node().path("passed").asBoolean()).isTrue();
    }
}
