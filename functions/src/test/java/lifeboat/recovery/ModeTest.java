package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import lifeboat.catalog.ResourceName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What copies are called, for the longest name that a resource can have.
class ModeTest {
    private static final ResourceName LONGEST = new ResourceName("a23456789-123456789-1234");

    /// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html">RDS: 1 to 63 letters,
    ///     digits and hyphens, first a letter, neither two hyphens in a row nor one at the end</a>
    @ParameterizedTest
    @EnumSource
    void aCopyOfTheLongestNameFitsRds(Mode mode) {
        assertThat(mode.copyOf(Example.ID, LONGEST).value())
                .matches("(?=.{1,63}$)[a-zA-Z](-?[a-zA-Z0-9])*")
                .endsWith("-20261120-k3v9x2-" + LONGEST);
    }

    /// DynamoDB: 3 to 255 of a-z, A-Z, 0-9, _ - .
    @ParameterizedTest
    @EnumSource
    void aCopyOfTheLongestNameFitsDynamoDb(Mode mode) {
        assertThat(mode.copyOf(Example.ID, LONGEST).value()).matches("[a-zA-Z0-9_.-]{3,255}");
    }

    @ParameterizedTest
    @EnumSource
    void theNameTellsWhetherTheCopyMayEverBeDeleted(Mode mode) {
        assertThat(mode.copyOf(Example.ID, LONGEST).ofDrill()).isEqualTo(mode == Mode.DRILL);
    }
}
