package lifeboat.validation;

import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/// The figures of a look at all backups as CloudWatch metrics. They are emitted when all is well too: where they
/// are missing, nobody looked.
record ValidationMetrics(int passed, int failed, int unknown, BackupFigures figures) {
    static ValidationMetrics of(Validation validation) {
        return new ValidationMetrics(
                (int) validation.passed(),
                validation.failures().size(),
                validation.gaps().size(),
                validation.figures());
    }

    void emit() {
        MetricsFactory.getMetricsInstance().flushMetrics(metrics -> {
            metrics.addMetric("BackupChecksPassed", (double) passed, MetricUnit.COUNT);
            metrics.addMetric("BackupChecksFailed", (double) failed, MetricUnit.COUNT);
            metrics.addMetric("BackupChecksUnknown", (double) unknown, MetricUnit.COUNT);
            figures.longest()
                    .ifPresent(
                            took -> metrics.addMetric("BackupDuration", (double) took.toSeconds(), MetricUnit.SECONDS));
            figures.windowUsed()
                    .ifPresent(percent -> metrics.addMetric("BackupWindowUsed", percent, MetricUnit.PERCENT));
            figures.bytes().ifPresent(bytes -> metrics.addMetric("BackupSize", (double) bytes, MetricUnit.BYTES));
            figures.storageUsed()
                    .ifPresent(percent -> metrics.addMetric("BackupStorageUsed", percent, MetricUnit.PERCENT));
        });
    }
}
