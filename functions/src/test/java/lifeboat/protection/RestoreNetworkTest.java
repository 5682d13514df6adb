package lifeboat.protection;

import static lifeboat.protection.Plans.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreNetworkTest {
    private static final String ORDERS = "rds: orders-db, database: orders, credentials: orders";
    private static final String ALL =
            "recoveryNetwork: {vpc: vpc-01234567, subnets: [subnet-01234567], securityGroups: [sg-01234567]%s}";

    @ParameterizedTest
    @ValueSource(strings = {ORDERS, "aurora: carts, database: carts, credentials: carts"})
    void databaseThatIsCopiedNeedsSubnetsAndGroupsInTheRecoveryRegion(String database) {
        assertThat(problems(database, ""))
                .extracting(Problem::code, Problem::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("LB-026", "recoveryNetwork.databaseSubnetGroup"),
                        org.assertj.core.groups.Tuple.tuple("LB-026", "recoveryNetwork.databaseSecurityGroups"));
        assertThat(problems(database, "").getFirst().toString())
                .contains("w/r is copied to us-west-2", "the name of an RDS subnet group", "hint: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                ", databaseSubnetGroup: restored | recoveryNetwork.databaseSecurityGroups",
                ", databaseSecurityGroups: [sg-12345678] | recoveryNetwork.databaseSubnetGroup",
                ", databaseSubnetGroup: restored, databaseSecurityGroups: [sg-12345678] |"
            })
    void eachOfThemIsNeeded(String named, String missing) {
        assertThat(problems(ORDERS, ALL.formatted(named)))
                .extracting(Problem::path)
                .containsExactlyElementsOf(missing == null ? List.of() : List.of(missing));
    }

    @Test
    void whatIsNoDatabaseOrNotCopiedOrMadeByTheLabNeedsNone() {
        assertThat(problems("dynamodb: table", "")).isEmpty();
        assertThat(problems(ORDERS, "lab: {}")).isEmpty();
        assertThat(problems(ORDERS, "schedules: {a: {cron: \"cron(0 1 * * ? *)\", deleteAfter: 3d, copy: false}}"))
                .isEmpty();
    }

    private static List<Problem> problems(String resource, String more) {
        var environment = EnvironmentFile.parse("test.yaml", """
                environment: test
                account: "111122223333"
                region: us-east-1
                recoveryRegion: us-west-2
                %s
                workloads: {w: {tier: critical, resources: {r: {%s}}}}
                """.formatted(more, resource));
        return ProtectionReport.of(environment, TODAY).shortfalls().stream()
                .filter(problem -> problem.path().startsWith("recoveryNetwork"))
                .toList();
    }
}
