package lifeboat.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Presets;
import org.junit.jupiter.api.Test;

class DueTest {
    private static final List<BackupRule> TECHMODA =
            Presets.named("techmoda").orElseThrow().rules();
    private static final Instant FRIDAY_FIVE = Instant.parse("2026-11-20T05:00:00Z");

    @Test
    void whatCameDueSinceYesterdayIsPromised() {
        assertThat(Due.backups(TECHMODA, yesterday(FRIDAY_FIVE), FRIDAY_FIVE))
                .extracting(due -> due.rule().name(), Due::at, Due::by)
                .containsExactly(
                        tuple("daily", Instant.parse("2026-11-20T01:00:00Z"), Instant.parse("2026-11-20T04:00:00Z")));
    }

    @Test
    void copyHasOneMoreCompletionWindow() {
        assertThat(Due.copies(TECHMODA, yesterday(FRIDAY_FIVE), FRIDAY_FIVE))
                .extracting(Due::at)
                .containsExactly(Instant.parse("2026-11-19T01:00:00Z"));
    }

    @Test
    void boundsAreAfterAndUpTo() {
        var four = Instant.parse("2026-11-20T04:00:00Z");

        assertThat(Due.backups(TECHMODA, four.minusSeconds(1), four)).hasSize(1);
        assertThat(Due.backups(TECHMODA, yesterday(four).minusSeconds(1), four)).hasSize(2);
        assertThat(Due.backups(TECHMODA, four.minusSeconds(1), four.minusSeconds(1)))
                .extracting(Due::at)
                .containsExactly(Instant.parse("2026-11-19T01:00:00Z"));
    }

    @Test
    void weeklyBackupIsPromisedOnItsDayAndTheNewestIsPromisedAlways() {
        var weekly = TECHMODA.subList(1, 2);

        assertThat(Due.backups(weekly, yesterday(FRIDAY_FIVE), FRIDAY_FIVE))
                .extracting(Due::at)
                .containsExactly(Instant.parse("2026-11-15T04:00:00Z"));
    }

    @Test
    void backupThatIsAlreadyDeletedIsNotPromised() {
        var rule = TECHMODA.get(1);
        var shortLived = new BackupRule(
                rule.name(),
                rule.purpose(),
                rule.schedule(),
                rule.startWindow(),
                rule.completionWindow(),
                rule.coldAfter(),
                Duration.ofDays(2),
                true,
                false);

        assertThat(Due.backups(List.of(shortLived), yesterday(FRIDAY_FIVE), FRIDAY_FIVE))
                .isEmpty();
    }

    private static Instant yesterday(Instant now) {
        return now.minus(Duration.ofDays(1));
    }
}
