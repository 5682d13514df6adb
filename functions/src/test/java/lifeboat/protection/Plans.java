package lifeboat.protection;

import java.time.LocalDate;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;

/// Environments for the tests of this package, written as in a file.
final class Plans {
    static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    private Plans() {}

    /// With schedules, and a workload `w` of a tier with one resource `r`.
    static Environment environment(String schedules, String tier, String resource, String... more) {
        return EnvironmentFile.parse(
                "test.yaml", """
                environment: test
                account: "111122223333"
                region: us-east-1
                recoveryRegion: us-west-2
                schedules: %s
                recoveryNetwork:
                  vpc: vpc-01234567
                  subnets: [subnet-01234567]
                  securityGroups: [sg-01234567]
                  databaseSubnetGroup: restored
                  databaseSecurityGroups: [sg-12345678]
                workloads:
                  w:
                    tier: %s
                    resources: {r: {%s}}
                """.formatted(schedules, tier, resource) + String.join("\n", more) + "\n");
    }

    static ProtectionReport report(String schedules, String tier, String resource, String... more) {
        return ProtectionReport.of(environment(schedules, tier, resource, more), TODAY);
    }
}
