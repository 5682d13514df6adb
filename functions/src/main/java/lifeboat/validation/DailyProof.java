package lifeboat.validation;

import java.time.Instant;
import lifeboat.catalog.Environment;
import lifeboat.validation.Validations.Entry;

/// Looks at all backups, writes down what was found and tells the team unless everything is proven.
public final class DailyProof {
    private final Environment environment;
    private final Validator validator;
    private final Validations validations;
    private final Alerts alerts;

    public DailyProof(Environment environment, Validator validator, Validations validations, Alerts alerts) {
        this.environment = environment;
        this.validator = validator;
        this.validations = validations;
        this.alerts = alerts;
    }

    /// Does so at an instant.
    public Validation prove(Instant now) {
        var validation = validator.validate(now);
        for (var workload : environment.workloads()) {
            validations.record(workload.name(), Entry.of(validation.of(workload.name())));
        }
        if (!validation.isProven()) {
            alerts.unproven(validation, Entry.of(validation));
        }
        return validation;
    }
}
