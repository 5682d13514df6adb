package lifeboat.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Tier;
import lifeboat.catalog.Workload;
import lifeboat.protection.Promise.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedEnvironmentsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    @ParameterizedTest
    @ValueSource(strings = {"lab", "prod"})
    void everyObjectiveIsMetOrItsShortfallAccepted(String name) {
        var report = ProtectionReport.of(EnvironmentFile.read(path(name)), TODAY);

        assertThat(report.problems()).isEmpty();
        assertThat(report.promises()).isNotEmpty();
    }

    @Test
    void productionShowsEveryStoreEveryTierAndAnAcceptedShortfall() {
        var prod = EnvironmentFile.read(path("prod"));

        assertThat(prod.workloads()).extracting(Workload::tier).contains(Tier.values());
        assertThat(prod.workloads().stream().flatMap(w -> w.resources().stream()))
                .extracting(Resource::store)
                .contains("dynamodb", "rds", "aurora", "s3", "efs", "ebs");
        assertThat(ProtectionReport.of(prod, TODAY).promises())
                .extracting(Promise::verdict)
                .contains(Verdict.ACCEPTED, Verdict.MET);
    }

    @Test
    void acceptedShortfallEndsWithItsDay() {
        var prod = EnvironmentFile.read(path("prod"));
        var ends = prod.workloads().stream()
                .flatMap(w -> w.accepted().stream())
                .findFirst()
                .orElseThrow()
                .until();

        assertThat(ProtectionReport.of(prod, ends).problems()).isEmpty();
        assertThat(ProtectionReport.of(prod, ends.plusDays(1)).problems())
                .extracting(problem -> problem.code())
                .containsOnly("LB-041");
    }

    private static Path path(String name) {
        return Path.of("infra/environments", name + ".yaml");
    }
}
