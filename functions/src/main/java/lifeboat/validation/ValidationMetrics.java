package lifeboat.validation;

import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/// The figures of a look at all backups as CloudWatch metrics. They are emitted when all is well too: where they are
/// missing, nobody looked.
record ValidationMetrics(int passed, int failed, int unknown) {
    static ValidationMetrics of(Validation validation) {
        return new ValidationMetrics(
                (int) validation.passed(),
                validation.failures().size(),
                validation.gaps().size());
    }

    void emit() {
        MetricsFactory.getMetricsInstance().flushMetrics(metrics -> {
            metrics.addMetric("BackupChecksPassed", (double) passed, MetricUnit.COUNT);
            metrics.addMetric("BackupChecksFailed", (double) failed, MetricUnit.COUNT);
            metrics.addMetric("BackupChecksUnknown", (double) unknown, MetricUnit.COUNT);
        });
    }
}
