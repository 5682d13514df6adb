package lifeboat.protection;

import static lifeboat.protection.FailureDomain.ACCOUNT_LOST;
import static lifeboat.protection.FailureDomain.IN_REGION;
import static lifeboat.protection.FailureDomain.REGION_LOST;
import static lifeboat.protection.Plans.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuaranteedRpoTest {
    private static final String DAILY =
            "{daily: {cron: \"cron(0 1 * * ? *)\", startWindow: 1h, completionWindow: 2h, deleteAfter: 30d}}";

    @ParameterizedTest
    @CsvSource({
        "'dynamodb: table', PT5M, point-in-time recovery",
        "'rds: db, database: d, credentials: c', PT5M, point-in-time recovery",
        "'aurora: db, database: d, credentials: c', PT5M, point-in-time recovery"
    })
    void storeThatKeepsItsLogLosesFiveMinutesInTheRegion(String resource, Duration worst, String basis) {
        assertThat(of(DAILY, resource, IN_REGION)).isEqualTo(new Guarantee.ByLog(worst, basis));
    }

    @ParameterizedTest
    @CsvSource({
        "'dynamodb: table, pointInTime: false'",
        "'rds: db, database: d, credentials: c, pointInTime: false'",
        "'aurora: db, database: d, credentials: c, pointInTime: false'",
        "'s3: bucket'",
        "efs: fs-01234567",
        "ebs: vol-01234567"
    })
    void dailyBackupsGuaranteeNoMoreThanTwentySevenHours(String resource) {
        assertThat(bounded(DAILY, resource, IN_REGION).worst()).isEqualTo(Duration.ofHours(27));
        assertThat(bounded(DAILY, resource, IN_REGION).nominal()).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @CsvSource({
        "'s3: bucket', PT15M",
        "'rds: db, database: d, credentials: c, pointInTime: false', PT5M",
        "'aurora: db, database: d, credentials: c, pointInTime: false', PT5M"
    })
    void continuousBackupKeepsTheLogOfBucketsAndDatabases(String resource, Duration worst) {
        var rules = DAILY.replace("30d", "30d, continuous: true");

        assertThat(of(rules, resource, IN_REGION)).isEqualTo(new Guarantee.ByLog(worst, "continuous backup"));
    }

    @ParameterizedTest
    @CsvSource({"'dynamodb: table, pointInTime: false'", "efs: fs-01234567", "ebs: vol-01234567"})
    void continuousBackupDoesNothingForOtherStores(String resource) {
        var rules = DAILY.replace("30d", "30d, continuous: true");

        assertThat(bounded(rules, resource, IN_REGION).worst()).isEqualTo(Duration.ofHours(27));
    }

    @ParameterizedTest
    @CsvSource({"'dynamodb: table'", "'s3: bucket'", "'rds: db, database: d, credentials: c'"})
    void logIsLostWithItsRegionAndCopiesAreSnapshots(String resource) {
        var rules = DAILY.replace("30d", "30d, continuous: true");

        assertThat(bounded(rules, resource, REGION_LOST).worst()).isEqualTo(Duration.ofHours(24 + 1 + 2 + 2));
    }

    @Test
    void withoutCopiesNothingOutlivesTheRegion() {
        var rules = DAILY.replace("30d", "30d, copy: false");

        assertThat(of(rules, "dynamodb: table", REGION_LOST)).isInstanceOf(Guarantee.Nothing.class);
    }

    @Test
    void nothingOutlivesTheAccountUnlessItIsCopiedToAnother() {
        var environment = Plans.environment(DAILY, "critical", "dynamodb: table");
        var elsewhere = GuaranteedRpo.of(environment.schedules(), Optional.of(new AccountId("444455556666")), TODAY);

        assertThat(of(DAILY, "dynamodb: table", ACCOUNT_LOST))
                .isEqualTo(new Guarantee.Nothing("no recovery point is copied to another account"));
        assertThat(elsewhere.of(resource(environment), ACCOUNT_LOST))
                .isEqualTo(elsewhere.of(resource(environment), REGION_LOST));
    }

    @Test
    void counterExampleTellsTheIncidentThatCostsMost() {
        assertThat(bounded(DAILY, "s3: bucket", IN_REGION).why().told())
                .isEqualTo("a backup \"daily\" that starts at Fri 2026-11-20 01:59 completes at Fri 2026-11-20 04:00;"
                        + " until then the newest is \"daily\" of Thu 2026-11-19 01:00: lost up to 27 h");
    }

    @Test
    void weekendWithoutBackupsIsWhatCosts() {
        var weekdays = DAILY.replace("cron(0 1 * * ? *)", "cron(0 1 ? * MON-FRI *)");

        assertThat(bounded(weekdays, "s3: bucket", IN_REGION).worst()).isEqualTo(Duration.ofHours(72 + 3));
    }

    /// T2: the weekly and monthly rules drop the daily one, which alone is copied: gaps of two and three days.
    @Test
    void overlappingRulesOfLongerRetentionTakeTheCopiedBackupAway() {
        var source = """
                {daily: {cron: "cron(0 1 * * ? *)", startWindow: 60m, completionWindow: 120m, deleteAfter: 30d},
                weekly: {cron: "cron(0 0 ? * SUN *)", startWindow: 120m, completionWindow: 240m, deleteAfter: 90d, copy: false},
                monthly: {cron: "cron(0 0 1 * ? *)", startWindow: 180m, completionWindow: 360m, deleteAfter: 365d, copy: false}}""";

        var copies = bounded(source, "efs: fs-01234567", REGION_LOST);

        assertThat(copies.nominal()).isEqualTo(Duration.ofDays(3));
        assertThat(copies.worst()).isEqualTo(Duration.ofHours(72 + 1 + 2 + 2));
        assertThat(bounded(source, "efs: fs-01234567", IN_REGION).worst())
                .as(
                        "where the first is a Monday: from the weekly backup at 00:00 until the monthly one is there at 09:00")
                .isEqualTo(Duration.ofHours(24 + 3 + 6));
    }

    @Test
    void recoveryPointsThatAreDeletedBeforeTheNextComesGuaranteeNothing() {
        var weekly = DAILY.replace("cron(0 1 * * ? *)", "cron(0 1 ? * SUN *)").replace("30d", "7d");

        assertThat(of(weekly, "s3: bucket", IN_REGION))
                .isEqualTo(new Guarantee.Nothing("no recovery point is surely there just before Sun 2026-11-22 04:00"));
        assertThat(of(weekly.replace("7d", "8d"), "s3: bucket", IN_REGION)).isInstanceOf(Guarantee.ByBackups.class);
    }

    @Test
    void scheduleThatEndsLosesUntilTheEndOfTheYear() {
        var until2026 =
                DAILY.replace("cron(0 1 * * ? *)", "cron(0 1 * * ? 2025-2026)").replace("30d", "10y");

        var guarantee = bounded(until2026, "s3: bucket", IN_REGION);

        assertThat(guarantee.worst()).isGreaterThan(Duration.ofDays(320));
        assertThat(guarantee.why().told()).startsWith("no further backup comes within a year");
    }

    /// A rule that leaves a store out guarantees nothing to it: neither its backups nor its copies nor its log.
    @Test
    void onlyTheRulesOfItsStoreGuaranteeAnythingToAResource() {
        var rules = """
                {often: {cron: "cron(0 0/4 * * ? *)", deleteAfter: 7d, stores: [rds, efs]},
                daily: {cron: "cron(0 2 * * ? *)", deleteAfter: 30d, continuous: true, stores: [dynamodb, efs, ebs]}}""";
        var database = "rds: db, database: d, credentials: c, pointInTime: false";
        var table = "dynamodb: table, pointInTime: false";

        assertThat(bounded(rules, database, IN_REGION).worst()).isEqualTo(Duration.ofHours(4 + 3));
        assertThat(bounded(rules, database, REGION_LOST).worst()).isEqualTo(Duration.ofHours(4 + 5));
        assertThat(bounded(rules, table, IN_REGION).worst()).isEqualTo(Duration.ofHours(24 + 3));
        assertThat(bounded(rules, table, REGION_LOST).worst()).isEqualTo(Duration.ofHours(24 + 5));
        assertThat(bounded(rules, "ebs: vol-01234567", IN_REGION).worst()).isEqualTo(Duration.ofHours(24 + 3));
        assertThat(bounded(rules, "efs: fs-01234567", IN_REGION).worst()).isLessThan(Duration.ofHours(8));
    }

    /// What the preset saves of DynamoDB it does not promise of DynamoDB.
    @Test
    void runbookPromisesTablesTheirDailyBackupOnly() {
        assertThat(bounded("runbook", "dynamodb: table", REGION_LOST).worst()).isEqualTo(Duration.ofHours(24 + 5));
        assertThat(bounded("runbook", "dynamodb: table, pointInTime: false", IN_REGION)
                        .worst())
                .isEqualTo(Duration.ofHours(24 + 3));
        assertThat(bounded("runbook", "rds: db, database: d, credentials: c", REGION_LOST)
                        .worst())
                .isEqualTo(Duration.ofHours(4 + 5));
    }

    private static Guarantee.ByBackups bounded(String rules, String resource, FailureDomain domain) {
        return (Guarantee.ByBackups) of(rules, resource, domain);
    }

    private static Guarantee of(String rules, String resource, FailureDomain domain) {
        var environment = Plans.environment(rules, "critical", resource);
        return GuaranteedRpo.of(environment.schedules(), environment.recoveryAccount(), TODAY)
                .of(resource(environment), domain);
    }

    private static Resource resource(Environment environment) {
        return environment.workloads().getFirst().resources().getFirst();
    }
}
