package lifeboat.report;

import java.time.Duration;
import java.time.Instant;
import lifeboat.catalog.Workload;
import lifeboat.validation.Validations;

/// What the daily validation wrote down, as a report shows it. A look that is older than a day and a bit is none.
public final class ValidatedBackups implements BackupFindings {
    private static final Duration FRESH = Duration.ofHours(26);
    private final Validations validations;

    public ValidatedBackups(Validations validations) {
        this.validations = validations;
    }

    @Override
    public Findings of(Workload workload, Instant until) {
        return validations
                .newest(workload.name(), until)
                .map(entry -> shown(entry, until))
                .orElseGet(() -> new Findings.NotValidated("the backups were never looked at"));
    }

    private static Findings shown(Validations.Entry entry, Instant until) {
        return entry.at().isBefore(until.minus(FRESH))
                ? new Findings.NotValidated("the backups were last looked at on " + entry.at())
                : new Findings.Validated(entry.at(), entry.passed(), entry.failures(), entry.gaps());
    }
}
