package lifeboat.recovery;

import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/// Counts unproven copies as the metric `DrillCopyKept`, over all workloads: an alarm cannot search for its metrics.
public final class UnprovenCopyMetrics implements UnprovenCopies {
    @Override
    public void kept(Copy copy) {
        Metrics function = MetricsFactory.getMetricsInstance();
        function.setNamespace("Lifeboat");
        function.flushMetrics(metrics -> metrics.addMetric("DrillCopyKept", 1, MetricUnit.COUNT));
    }
}
