package lifeboat.local.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the rehearsal finds in live after its repair, against its own record.
@NullUnmarked
class RepairedTest {
    private static final Instant OPENED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant RESTORED = OPENED.plusSeconds(60);
    private static final Instant DAMAGED = OPENED.plusSeconds(70);
    private final Journal journal = new Journal();

    @BeforeEach
    void open() {
        journal.open(Map.of("kept", "1", "damaged", "1", "deleted", "1", "since", "1", "lost", "1"));
        write("damaged", 71, "bad", true);
        write("deleted", 72, null, true);
        write("made up", 73, "bad", true);
        write("since", 74, "bad", true);
        write("since", 80, "2", false);
        write("new", 81, "1", false);
        write("lost", 65, "2", false);
        write("lost", 75, "bad", true);
    }

    @Test
    void liveThatHoldsEveryGoodWriteAndNothingOfTheDamageIsRight() {
        Repaired repaired = of("REPAIRED", live());

        assertThat(repaired.right()).isTrue();
        assertThat(repaired.undecided()).isEqualTo(1);
        assertThat(repaired.writtenSince()).isEqualTo(2);
    }

    @Test
    void damagedRowWithALostGoodWriteMayBeThatOfTheCopy() {
        Map<String, String> live = live();
        live.put("lost", "1");

        assertThat(of("PARTLY_REPAIRED", live).right()).isTrue();
        assertThat(of("PARTLY_REPAIRED", live).undecided()).isZero();
    }

    @Test
    void everyRowThatIsNotWhatItShouldBeIsCounted() {
        for (var wrong : List.of(
                Map.entry("damaged", "bad"),
                Map.entry("made up", "bad"),
                Map.entry("since", "1"),
                Map.entry("since", "bad"),
                Map.entry("lost", "3"),
                Map.entry("kept", "2"),
                Map.entry("from nowhere", "1"))) {
            Map<String, String> live = live();
            live.put(wrong.getKey(), wrong.getValue());

            assertThat(of("REPAIRED", live).wrong()).as(wrong.toString()).isEqualTo(1);
            assertThat(of("REPAIRED", live).samples()).containsExactly(wrong.getKey());
            assertThat(of("REPAIRED", live).right()).isFalse();
        }
        for (var missing : List.of("deleted", "new", "kept", "since")) {
            Map<String, String> live = live();
            live.remove(missing);

            assertThat(of("REPAIRED", live).wrong()).as(missing).isEqualTo(1);
        }
    }

    @Test
    void repairThatFailedIsNeverRight() {
        assertThat(of("FAILED", live()).right()).isFalse();
    }

    private static Map<String, String> live() {
        return new java.util.HashMap<>(
                Map.of("kept", "1", "damaged", "1", "deleted", "1", "since", "2", "new", "1", "lost", "bad"));
    }

    private Repaired of(String state, Map<String, String> live) {
        return Repaired.of(new Repaired.Said("plan", List.of(), 3, state), live, journal, RESTORED, DAMAGED);
    }

    private void write(String key, int second, String content, boolean damage) {
        Instant sentAt = OPENED.plusSeconds(second);
        journal.add(new Journal.Write(key, sentAt, sentAt.plusMillis(2), Optional.ofNullable(content), damage));
    }
}
