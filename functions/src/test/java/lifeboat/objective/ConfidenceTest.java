package lifeboat.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What trials prove, against the closed form, published tables and the exact binomial sum.
class ConfidenceTest {
    private static final double EXACT = 1e-9;

    @Test
    void twelveCleanTrialsProveSeventySevenPointNinePercent() {
        assertThat(Confidence.atLeast(12, 12)).isCloseTo(0.779078, within(1e-6));
    }

    @Test
    void fiftyNineCleanTrialsProveNinetyFivePercentAndFiftyEightDoNot() {
        assertThat(Confidence.atLeast(59, 59)).isGreaterThanOrEqualTo(0.95);
        assertThat(Confidence.atLeast(58, 58)).isLessThan(0.95);
    }

    @Test
    void noTrialAndNoSuccessProveNothing() {
        assertThat(Confidence.atLeast(0, 0)).isZero();
        assertThat(Confidence.atLeast(1_000, 0)).isZero();
    }

    /// Sample sizes of one-sided tolerance limits (Wilks): so many trials prove a share with so many failures.
    @ParameterizedTest
    @CsvSource({
        "0.90, 0, 29",
        "0.90, 1, 46",
        "0.90, 2, 61",
        "0.95, 0, 59",
        "0.95, 1, 93",
        "0.95, 2, 124",
        "0.95, 3, 153",
        "0.95, 4, 181",
        "0.95, 5, 208",
        "0.99, 0, 299",
        "0.99, 1, 473",
        "0.99, 2, 628"
    })
    void theTablesOfToleranceLimitsAreMet(double share, int failures, int trials) {
        assertThat(failures + 1 + Confidence.moreSuccessesFor(share, failures + 1, 1))
                .isEqualTo(trials);
        assertThat(Confidence.moreSuccessesFor(share, trials, trials - failures))
                .isZero();
        assertThat(Confidence.moreSuccessesFor(share, trials - 1, trials - 1 - failures))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10, 9", "12, 11", "12, 6", "12, 1", "59, 58", "200, 150", "1000, 3", "3000, 1500"})
    void atTheBoundSoFewFailuresAreSeenInExactlyOneOfTwentySeries(int trials, int successes) {
        double bound = Confidence.atLeast(trials, successes);

        assertThat(tail(trials, trials - successes, bound)).isCloseTo(0.05, within(EXACT));
    }

    @Test
    void aFurtherSuccessProvesMoreAndAFurtherFailureLess() {
        for (int trials = 0; trials < 80; trials++) {
            for (int successes = 0; successes <= trials; successes++) {
                double now = Confidence.atLeast(trials, successes);
                assertThat(Confidence.atLeast(trials + 1, successes + 1))
                        .as("%d of %d and a success", successes, trials)
                        .isGreaterThan(now);
                assertThat(Confidence.atLeast(trials + 1, successes))
                        .as("%d of %d and a failure", successes, trials)
                        .isLessThanOrEqualTo(now);
                assertThat(now).isBetween(0.0, trials == 0 ? 0 : (double) successes / trials);
            }
        }
    }

    @Test
    void moreSuccessesThanTrialsAreRefused() {
        assertThatThrownBy(() -> Confidence.atLeast(1, 2)).hasMessage("2 successes of 1 trials");
    }

    /// The probability of at most so many failures, summed exactly.
    private static double tail(int trials, int failures, double success) {
        MathContext digits = new MathContext(60);
        BigDecimal good = new BigDecimal(success);
        BigDecimal bad = BigDecimal.ONE.subtract(good);
        BigDecimal sum = BigDecimal.ZERO;
        BigInteger ways = BigInteger.ONE;
        for (int failed = 0; failed <= failures; failed++) {
            sum = sum.add(new BigDecimal(ways)
                    .multiply(good.pow(trials - failed, digits), digits)
                    .multiply(bad.pow(failed, digits), digits));
            ways = ways.multiply(BigInteger.valueOf(trials - failed)).divide(BigInteger.valueOf(failed + 1));
        }
        return sum.doubleValue();
    }
}
