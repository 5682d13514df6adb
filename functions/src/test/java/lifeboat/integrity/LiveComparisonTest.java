package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Subject.LiveTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveComparisonTest {
    private static final String NAME = "structure as in live";

    @Test
    void anEqualStructurePassesEvenWhereTheContentOfLiveIsSuspect() {
        var passed = new Passed(NAME, "2 indexes");
        assertThat(LiveComparison.structure(LiveTrust.TRUSTED, List.of(), "2 indexes"))
                .isEqualTo(passed);
        assertThat(LiveComparison.structure(LiveTrust.SUSPECT, List.of(), "2 indexes"))
                .isEqualTo(passed);
    }

    @Test
    void aDifferenceInStructureSpeaksAgainstTheCopyOnlyWhereLiveIsTrusted() {
        var differences = List.of("index a is missing");
        assertThat(LiveComparison.structure(LiveTrust.TRUSTED, differences, ""))
                .isEqualTo(new Failed(NAME, "index a is missing"));
        assertThat(LiveComparison.structure(LiveTrust.SUSPECT, differences, ""))
                .isEqualTo(new Observed(NAME, "index a is missing; live itself is suspect"));
    }

    @Test
    void withoutLiveAStructureProvesNothing() {
        for (var differences : List.of(List.<String>of(), List.of("a"))) {
            assertThat(LiveComparison.structure(LiveTrust.ABSENT, differences, "2 indexes"))
                    .isEqualTo(new Observed(NAME, "live cannot be read, so there is nothing to compare with"));
        }
    }

    @Test
    void ofManyDifferencesFiveAreTold() {
        assertThat(LiveComparison.structure(LiveTrust.TRUSTED, List.of("a", "b", "c", "d", "e"), "")
                        .seen())
                .isEqualTo("a; b; c; d; e");
        assertThat(LiveComparison.structure(LiveTrust.TRUSTED, List.of("a", "b", "c", "d", "e", "f", "g"), "")
                        .seen())
                .isEqualTo("a; b; c; d; e; and 2 more");
    }

    @ParameterizedTest
    @CsvSource({
        "1,    99,   100,  true",
        "1,    101,  100,  true",
        "1,    98,   100,  false",
        "1,    102,  100,  false",
        "0.1,  999,  1000, true",
        "0.1,  998,  1000, false",
        "0,    7,    7,    true",
        "0,    8,    7,    false",
        "50,   0,    0,    true",
        "50,   1,    0,    false",
        "100,  0,    1,    false",
        "100,  1,    2,    true",
        "1,    9223372036854775807, 9223372036854775807, true",
    })
    void rowsLieWithinThePercentageOfLiveExactly(double percent, long copy, long live, boolean within) {
        var question = new Question.RowsAsInLive("orders", percent, false);
        assertThat(Counts.near(question, LiveTrust.TRUSTED, copy, live) instanceof Passed)
                .isEqualTo(within);
    }

    @Test
    void theCountsAreTold() {
        var question = new Question.RowsAsInLive("orders", 1, false);
        assertThat(Counts.near(question, LiveTrust.SUSPECT, 1200, 1))
                .isEqualTo(new Observed(
                        "rows of orders within 1 % of live", "1,200 rows, live 1; live itself is suspect"));
    }
}
