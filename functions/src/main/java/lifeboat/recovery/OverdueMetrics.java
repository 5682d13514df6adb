package lifeboat.recovery;

import java.time.InstantSource;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/// Reports a recovery that is still at work when its time to recover is past, as the metric `RecoveryOverdue`: people
/// hear of it while it runs, and not only from its verdict.
public final class OverdueMetrics {
    private final RecoveryLedger ledger;
    private final InstantSource clock;

    public OverdueMetrics(RecoveryLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /// Looks at the clock.
    ///
    /// @return whether the recovery is overdue
    public boolean look(RecoveryId id) {
        boolean late = ledger.find(id)
                .filter(recovery -> recovery.late(clock.instant()))
                .isPresent();
        if (late) {
            Metrics function = MetricsFactory.getMetricsInstance();
            function.setNamespace("Lifeboat");
            function.flushMetrics(metrics -> metrics.addMetric("RecoveryOverdue", 1, MetricUnit.COUNT));
        }
        return late;
    }
}
