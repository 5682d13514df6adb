package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lifeboat.objective.Assessment;
import org.junit.jupiter.api.Test;

class OverdueMetricsTest {
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Recovery recovery = Example.planned();
    private final Instant due = recovery.incidentAt().plus(recovery.objectives().rto());

    @Test
    void aRecoveryIsOverdueWhenItsTimeToRecoverIsPastUntilItIsClosed() {
        ledger.open(recovery);

        assertThat(overdueAt(due)).isFalse();
        assertThat(overdueAt(due.plusSeconds(1))).isTrue();

        Assessment assessment = new Assessor(ledger, false).judge(recovery.id()).assessment();
        ledger.close(recovery.id(), assessment, due.plusSeconds(2));
        assertThat(overdueAt(due.plusSeconds(3))).isFalse();
    }

    @Test
    void whatTheLedgerDoesNotKnowIsNotOverdue() {
        assertThat(overdueAt(Instant.MAX)).isFalse();
    }

    private boolean overdueAt(Instant now) {
        return new OverdueMetrics(ledger, () -> now).look(recovery.id());
    }
}
