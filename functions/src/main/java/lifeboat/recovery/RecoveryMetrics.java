package lifeboat.recovery;

import lifeboat.objective.Assessment;
import lifeboat.objective.Standing;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/// The figures of a closed recovery as CloudWatch metrics, by workload and mode.
///
/// Failed integrity checks are counted once more over all workloads: an alarm cannot search for its metrics.
///
/// What could not be measured emits no figure, so that an average never hides it; it counts as `RecoveryUnmeasured`.
record RecoveryMetrics(String workload, Mode mode, Assessment assessment) {
    private static final String NAMESPACE = "Lifeboat";

    static RecoveryMetrics of(Assessor.Judged judged) {
        RecoveryRequest request = judged.recovery().request();
        return new RecoveryMetrics(request.workload().value(), request.mode(), judged.assessment());
    }

    void emit() {
        Metrics function = MetricsFactory.getMetricsInstance();
        function.setNamespace(NAMESPACE);
        function.flushMetrics(metrics -> {
            metrics.addDimension(DimensionSet.of("Workload", workload, "Mode", mode.name()));
            for (Standing standing : Standing.values()) {
                count(metrics, standing);
            }
            assessment.dataLoss().ifPresent(loss -> seconds(metrics, "DataLoss", loss.toMillis()));
            assessment.timeToRecover().ifPresent(time -> seconds(metrics, "TimeToRecover", time.toMillis()));
        });
        boolean damaged = assessment.integrity() == Standing.MISSED;
        function.flushMetrics(metrics -> metrics.addMetric("IntegrityFailed", damaged ? 1 : 0, MetricUnit.COUNT));
    }

    private void count(Metrics metrics, Standing standing) {
        String name = switch (standing) {
            case MET -> "RecoveryMet";
            case MISSED -> "RecoveryMissed";
            case UNMEASURED -> "RecoveryUnmeasured";
        };
        metrics.addMetric(name, assessment.standing() == standing ? 1 : 0, MetricUnit.COUNT);
    }

    private static void seconds(Metrics metrics, String name, long millis) {
        metrics.addMetric(name, millis / 1000.0, MetricUnit.SECONDS);
    }
}
