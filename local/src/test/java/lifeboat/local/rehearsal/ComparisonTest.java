package lifeboat.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the rehearsal finds in a copy, against its own record.
@NullUnmarked
class ComparisonTest {
    private static final Instant OPENED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant RESTORED = OPENED.plusSeconds(60);
    private static final Instant INCIDENT = OPENED.plusSeconds(70);
    private final Journal journal = new Journal();

    @BeforeEach
    void open() {
        journal.open(Map.of("a", "1", "b", "1", "c", "1"));
        write("a", 30, "2", false);
        write("b", 65, "2", false);
        write("c", 71, null, true);
        write("d", 72, "made up", true);
    }

    @Test
    void aCopyThatHoldsWhatWasWrittenByThenIsExact() {
        Comparison comparison = compare(Map.of("a", "2", "b", "1", "c", "1"));
        assertThat(comparison.exact()).isTrue();
        assertThat(comparison.lostWrites()).isEqualTo(1);
        assertThat(comparison.lost()).isEqualTo(Duration.ofSeconds(5));
        assertThat(comparison.damaged()).isEqualTo(2);
        assertThat(comparison.cameBack()).isEqualTo(2);
    }

    @Test
    void everyRowThatIsNotAsItMustBeIsCounted() {
        Comparison comparison = compare(Map.of("a", "1", "c", "1", "d", "made up"));
        assertThat(comparison.exact()).isFalse();
        assertThat(comparison.different()).isEqualTo(1);
        assertThat(comparison.missing()).isEqualTo(1);
        assertThat(comparison.unexpected()).isEqualTo(1);
        assertThat(comparison.samples()).containsExactly("a", "b", "d");
        assertThat(comparison.cameBack()).isEqualTo(1);
    }

    @Test
    void aWriteThatWasUnderWayAtThatTimeMayBeThereOrNot() {
        journal.add(new Journal.Write("a", RESTORED.minusMillis(5), RESTORED.plusMillis(5), Optional.of("3"), false));
        assertThat(compare(Map.of("a", "2", "b", "1", "c", "1")).exact()).isTrue();
        assertThat(compare(Map.of("a", "3", "b", "1", "c", "1")).exact()).isTrue();
        assertThat(compare(Map.of("a", "1", "b", "1", "c", "1")).exact()).isFalse();
    }

    private Comparison compare(Map<String, String> rows) {
        return Comparison.of("copy", rows, journal, RESTORED, INCIDENT);
    }

    private void write(String key, int second, String content, boolean damage) {
        Instant sentAt = OPENED.plusSeconds(second);
        journal.add(new Journal.Write(key, sentAt, sentAt.plusMillis(2), Optional.ofNullable(content), damage));
    }
}
