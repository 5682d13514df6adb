package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Workload;
import lifeboat.catalog.WorkloadName;
import lifeboat.report.BackupFindings.Findings;
import lifeboat.validation.Validations;
import org.junit.jupiter.api.Test;

class ValidatedBackupsTest {
    private static final Instant FIVE = Instant.parse("2026-11-20T05:00:00Z");
    private static final Workload WORKLOAD =
            EnvironmentFile.parse("test.yaml", """
            environment: test
            account: "111122223333"
            region: us-east-1
            recoveryRegion: us-west-2
            workloads: {shop: {tier: standard, resources: {a: {efs: fs-00000001}}}}
            """).workloads().getFirst();
    private Optional<Validations.Entry> newest =
            Optional.of(new Validations.Entry(FIVE, 4, List.of("failed"), List.of("gap")));

    @Test
    void freshLookIsShown() {
        assertThat(at(FIVE.plusSeconds(26 * 3600)))
                .isEqualTo(new Findings.Validated(FIVE, 4, List.of("failed"), List.of("gap")));
    }

    @Test
    void oldLookIsNoLook() {
        assertThat(at(FIVE.plusSeconds(26 * 3600 + 1)))
                .isEqualTo(new Findings.NotValidated("the backups were last looked at on 2026-11-20T05:00:00Z"));
    }

    @Test
    void neverLookedAtIsNotValidated() {
        newest = Optional.empty();

        assertThat(at(FIVE)).isEqualTo(new Findings.NotValidated("the backups were never looked at"));
    }

    private Findings at(Instant until) {
        return new ValidatedBackups(new Validations() {
                    @Override
                    public void record(WorkloadName workload, Entry entry) {
                        throw new AssertionError();
                    }

                    @Override
                    public Optional<Entry> newest(WorkloadName workload, Instant upTo) {
                        assertThat(upTo).isEqualTo(until);
                        return newest;
                    }
                })
                .of(WORKLOAD, until);
    }
}
