package lifeboat.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.local.access.AccessJudge;
import lifeboat.objective.Standing;
import lifeboat.recovery.Mode;
import org.junit.jupiter.api.Test;

/// One rehearsal of the lab from end to end, on small data.
class RehearsalTest {
    private static final Path LAB = Path.of("infra/environments/lab.yaml");

    @Test
    void theLabIsRecoveredToTheSecondBeforeTheDamage() throws Exception {
        Outcome outcome = rehearsed(Mode.DRILL);

        assertThat(outcome.objections()).isEmpty();
        assertThat(outcome.judged().assessment().standing()).isEqualTo(Standing.MET);
        assertThat(outcome.comparisons().values())
                .hasSize(2)
                .allSatisfy(comparison -> assertThat(comparison.exact()).isTrue())
                .allSatisfy(comparison -> assertThat(comparison.damaged()).isPositive())
                .allSatisfy(comparison -> assertThat(comparison.cameBack()).isEqualTo(comparison.damaged()));
        assertThat(outcome.judged().copies())
                .hasSize(2)
                .allSatisfy(copy -> assertThat(copy.conclusion().outcomes())
                        .filteredOn(seen -> seen.check().startsWith("content as recorded"))
                        .singleElement()
                        .isInstanceOfAny(Passed.class, Observed.class)
                        .satisfies(seen -> assertThat(seen.seen())
                                .contains("of the recorded rows are the same")
                                .doesNotContain("are gone", "differ", "Nothing shows")));
        assertThat(outcome.letters()).isNotEmpty();
        assertThat(new OutcomeJson(outcome).node().path("passed").asBoolean()).isTrue();
    }

    @Test
    void anIncidentEndsWithLiveRepairedWhileTheShopGoesOnWriting() throws Exception {
        Outcome outcome = rehearsed(Mode.INCIDENT);

        assertThat(outcome.objections()).isEmpty();
        assertThat(outcome.repaired().values())
                .hasSize(2)
                .allSatisfy(live -> assertThat(live.wrong()).isZero())
                .allSatisfy(live -> assertThat(live.planned()).isPositive())
                .allSatisfy(live -> assertThat(live.writtenSince()).isPositive())
                .allSatisfy(live -> assertThat(live.listed()).anyMatch(line -> line.startsWith("missing")));
        assertThat(outcome.letters())
                .extracting(letter -> letter.subject())
                .anyMatch(subject -> subject.contains("orders DIFFERS"))
                .anyMatch(subject -> subject.contains("products DIFFERS"));
        assertThat(new OutcomeJson(outcome)
                        .node()
                        .at("/resources/0/repaired/wrongRows")
                        .asLong(-1))
                .isZero();
    }

    private static Outcome rehearsed(Mode mode) throws Exception {
        Script script = new Script(
                LAB,
                Optional.empty(),
                mode,
                new Script.Back.AsLateAsPossible(),
                1_200,
                5_000,
                true,
                3,
                Duration.ofSeconds(2));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Rehearsal rehearsal = new Rehearsal(script, new Terminal(nowhere, false, true));
        Outcome outcome = rehearsal.run((_, _) -> {});
        assertThat(rehearsal.accesses().all()).hasSizeGreaterThan(20);
        assertThat(AccessJudge.denied(rehearsal.accesses(), LAB))
                .as("what a function did that its role does not allow")
                .isEmpty();
        return outcome;
    }
}
