package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Digest ONE = new Digest(0, 1);
    private static final Digest MOST = new Digest(-1, -1);

    @Test
    void digestsAddUpAsNumbersOf128Bits() {
        var random = new SplittableRandom(3);
        var modulus = BigInteger.ONE.shiftLeft(128);
        for (var i = 0; i < 1_000; i++) {
            var a = new Digest(random.nextLong(), random.nextLong());
            var b = new Digest(random.nextLong(), random.nextLong());
            assertThat(number(a.plus(b))).isEqualTo(number(a).add(number(b)).mod(modulus));
        }
        assertThat(MOST.plus(ONE)).isEqualTo(Digest.ZERO);
    }

    @Test
    void aDigestIsReadBackFromItsText() {
        assertThat(Stream.of(Digest.ZERO, ONE, MOST, new Digest(1, Long.MIN_VALUE)))
                .allSatisfy(
                        digest -> assertThat(Digest.parse(digest.toString())).isEqualTo(digest));
        assertThatThrownBy(() -> Digest.parse("xyz")).hasMessageContaining("'xyz'");
    }

    @Test
    void twoEqualRowsDoNotCancelEachOther() {
        var empty = Fingerprint.empty("rule");
        assertThat(empty.with(MOST).with(MOST))
                .isNotEqualTo(empty)
                .isEqualTo(empty.with(MOST).plus(empty.with(MOST)));
    }

    @Test
    void neitherOrderNorSegmentsMatter() {
        var empty = Fingerprint.empty("rule");
        assertThat(empty.with(ONE).plus(empty.with(MOST).with(ONE)))
                .isEqualTo(empty.with(MOST).with(ONE).with(ONE));
    }

    @Test
    void fingerprintsOfDifferentRulesSayNothingAboutEachOther() {
        assertThatThrownBy(() -> Fingerprint.empty("one").plus(Fingerprint.empty("two")))
                .hasMessageContaining("'one' and 'two'");
    }

    private static BigInteger number(Digest digest) {
        return new BigInteger(digest.toString(), 16);
    }
}
