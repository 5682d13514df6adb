package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The rows that two tables do not share, told from what each of them adds up to.
class SketchTest {
    private final Random random = new Random(20261128);

    @Test
    void sameRowsInAnyOrderAndInPiecesAreTheSameSketch() {
        var rows = rows(5_000);
        var shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, random);
        var pieces = sketch(shuffled.subList(0, 1_234)).plus(sketch(shuffled.subList(1_234, 5_000)));
        assertThat(pieces).isEqualTo(sketch(rows));
        assertThat(pieces.minus(sketch(rows)).differences()).contains(new Sketch.Differences(0, List.of(), List.of()));
    }

    /// Random tables, random damage: what is told is what was done, row by row.
    @Test
    void everyDifferingRowIsToldAsLongAsThereAreFewerThanAThousand() {
        for (var round = 0; round < 60; round++) {
            var both = rows(random.nextInt(3_000));
            var more = rows(random.nextInt(500));
            var fewer = rows(random.nextInt(500));
            var told = sketch(join(both, more)).minus(sketch(join(both, fewer))).differences();
            assertThat(told).hasValueSatisfying(differences -> {
                assertThat(differences.level()).isZero();
                assertThat(set(differences.more())).isEqualTo(set(more));
                assertThat(set(differences.fewer())).isEqualTo(set(fewer));
            });
        }
    }

    @Test
    void ofManyDifferencesThoseOfASampleOfTheKeysAreTold() {
        var both = rows(1_000);
        var more = rows(40_000);
        var fewer = rows(30_000);
        var told = sketch(join(both, more)).minus(sketch(join(both, fewer))).differences();
        assertThat(told).hasValueSatisfying(differences -> {
            assertThat(differences.level()).isPositive();
            var more16 = more.stream()
                    .filter(row -> RowDigest.level(row.key()) >= differences.level())
                    .toList();
            assertThat(set(differences.more())).isEqualTo(set(more16)).hasSizeBetween(50, 250);
        });
    }

    @Test
    void rowThatIsThereTwiceIsToldWhereItIsThereOnce() {
        var row = rows(1).getFirst();
        assertThat(sketch(List.of(row, row)).minus(sketch(List.of(row))).differences())
                .contains(new Sketch.Differences(0, List.of(row), List.of()));
        assertThat(sketch(List.of(row, row)).differences())
                .hasValueSatisfying(told -> assertThat(told.level()).isPositive());
    }

    @Test
    void isReadAsItWasWrittenAndStaysSmall() {
        var few = sketch(rows(10));
        var many = sketch(rows(100_000));
        assertThat(Sketch.parse(few.toString())).isEqualTo(few).isNotEqualTo(many);
        assertThat(Sketch.parse(many.toString())).isEqualTo(many).hasSameHashCodeAs(many);
        assertThat(few.toString()).hasSizeLessThan(5_000);
        assertThat(many.toString()).hasSizeLessThan(150_000);
        assertThatThrownBy(() -> Sketch.parse("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rowWithoutATimeIsARowLikeAnyOther() {
        var untimed = new RowDigest(1, 2, RowDigest.UNTIMED);
        var far = new RowDigest(1, 2, java.util.Optional.of(Instant.MAX));
        assertThat(sketch(List.of(untimed)).minus(sketch(List.of(far))).differences())
                .contains(new Sketch.Differences(0, List.of(untimed), List.of(far)));
        assertThat(untimed.time()).isEmpty();
        assertThat(far.time()).isPresent();
    }

    @Test
    void keysAreSampledWhereTheyAreTooManyForTheLedger() {
        var gathered = new KeySample.Gathered();
        var keys = rows(600_000).stream().map(RowDigest::key).toList();
        keys.forEach(gathered::add);
        var sample = gathered.sample();
        assertThat(sample.count()).isEqualTo(600_000);
        assertThat(sample.level()).isEqualTo(1);
        var few = sample.plus(KeySample.NONE).few();
        assertThat(few.size()).isBetween(1, 4_096);
        assertThat(KeySample.parse(few.toString())).isEqualTo(few).hasSameHashCodeAs(few);
        for (var key : keys) {
            assertThat(few.contains(key)).isEqualTo(RowDigest.level(key) >= few.level());
        }
        var small = new KeySample.Gathered();
        small.add(7);
        small.add(-7);
        assertThat(small.sample()).isEqualTo(new KeySample(2, 0, new long[] {-7, 7}));
        assertThat(small.sample().plus(small.sample()).count()).isEqualTo(4);
    }

    private List<RowDigest> rows(int count) {
        List<RowDigest> rows = new ArrayList<>();
        for (var i = 0; i < count; i++) {
            rows.add(new RowDigest(random.nextLong(), random.nextLong(), random.nextInt(1_000_000)));
        }
        return rows;
    }

    private static List<RowDigest> join(List<RowDigest> some, List<RowDigest> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static Set<RowDigest> set(List<RowDigest> rows) {
        return new HashSet<>(rows);
    }

    private static Sketch sketch(List<RowDigest> rows) {
        var sketch = new Sketch();
        rows.forEach(sketch::add);
        return sketch;
    }
}
