package lifeboat.protection;

import static lifeboat.protection.Plans.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Presets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostEstimateTest {
    private static final String TABLE = "dynamodb: table, sizeGb: 100";
    private static final String HERE = "us-east-1";
    private static final String THERE = "us-west-2";

    /// Backups of DynamoDB are always full: what the runbook asks for, of a table of 100 GB.
    @Test
    void everyRuleOfTheRunbookOnATableOfHundredGigabytesIsAboutAThousandDollarsARegion() {
        var estimate = estimate(forEveryStore("runbook"), TABLE);

        assertThat(estimate.usd("backups", HERE)).isCloseTo(1_000, within(50.0));
        assertThat(estimate.usd("backups", THERE)).isCloseTo(1_000, within(50.0));
        assertThat(StoredBackups.of(rules("runbook"), true, TODAY).stream()
                        .mapToDouble(stored -> stored.warm() + stored.cold())
                        .sum())
                .isCloseTo(100, within(5.0));
    }

    @Test
    void fourHourlyFullBackupsOfItAreAboutFourHundredAndTwentyDollars() {
        var fourHourly = "{f: {cron: \"cron(0 0/4 * * ? *)\", deleteAfter: 7d}}";

        assertThat(estimate(fourHourly, TABLE).usd("backups", HERE)).isCloseTo(420, within(1.0));
    }

    @Test
    void presetSparesTheFourHourlyOnes() {
        assertThat(estimate("runbook", TABLE).usd("backups", HERE))
                .isCloseTo(estimate(forEveryStore("runbook"), TABLE).usd("backups", HERE) - 420, within(1.0));
    }

    @Test
    void coldStorageIsReckonedWithItsOwnPriceWhereTheStoreHasIt() {
        var rules = "{y: {cron: \"cron(0 1 * * ? *)\", coldAfter: 10d, deleteAfter: 100d}}";

        assertThat(estimate(rules, TABLE).usd("backups", HERE)).isCloseTo(100 * (10 * 0.10 + 90 * 0.03), within(1.0));
    }

    /// What changes from backup to backup nobody knows: less than one full copy it is not.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rds: db, database: d, credentials: c",
                "aurora: db, database: d, credentials: c",
                "s3: bucket",
                "efs: fs-01234567",
                "ebs: vol-01234567"
            })
    void storesThatBackUpWhatChangedCostAtLeastOneFullCopy(String resource) {
        var estimate = estimate("techmoda", resource + ", sizeGb: 1000");

        assertThat(estimate.least()).isTrue();
        assertThat(estimate.lines())
                .filteredOn(line -> line.kind().equals("backups"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.least()).isTrue())
                .allSatisfy(line -> assertThat(line.usd()).isBetween(20.0, 100.0));
        assertThat(estimate.text()).contains("at least", "and what changes");
    }

    @Test
    void unknownSizeIsSaidAndNeverTakenForNothing() {
        var estimate = estimate("techmoda", "dynamodb: table");

        assertThat(estimate.unknown()).containsExactly("w/r");
        assertThat(estimate.least()).isTrue();
        assertThat(estimate.text()).contains("not reckoned, since sizeGb is not given: w/r");
    }

    @Test
    void idleInfrastructureCostsWhateverIsBackedUp() {
        var estimate = estimate("techmoda", "dynamodb: table");

        assertThat(estimate.lines()).extracting(CostLine::kind).containsOnly("idle");
        assertThat(estimate.usd()).isBetween(5.0, 25.0);
    }

    @Test
    void figuresHaveAPointInEveryLanguage() {
        var language = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(estimate("techmoda", TABLE).text()).containsPattern("log +us-east-1 +20\\.00");
        } finally {
            Locale.setDefault(language);
        }
    }

    @Test
    void copiesInTheOtherAccountAreReckonedToo() {
        var estimate = CostEstimate.of(
                Plans.environment("runbook", "critical", TABLE, "recoveryAccount: \"444455556666\""), TODAY);

        assertThat(estimate.usd("backups", "account 444455556666")).isEqualTo(estimate.usd("backups", THERE));
    }

    @Test
    void everyPriceHasASourceAndADayOrSaysThatItIsUnverified() {
        var prices = Prices.listed();

        assertThat(prices.byId().values()).hasSizeGreaterThan(10).allSatisfy(price -> {
            assertThat(price.usd()).isPositive();
            assertThat(price.source()).startsWith("https://");
            assertThat(price.date()).isBeforeOrEqualTo(prices.asOf());
            assertThat(price.verified() && !price.source().startsWith("https://aws.amazon.com/"))
                    .as(price.id() + ": only AWS's own page verifies")
                    .isFalse();
        });
        assertThat(estimate("techmoda", TABLE).text()).contains("of 2026-11-28", "unverified");
    }

    private static CostEstimate estimate(String schedules, String resource) {
        return CostEstimate.of(Plans.environment(schedules, "critical", resource), TODAY);
    }

    private static List<BackupRule> rules(String preset) {
        return Presets.named(preset).orElseThrow().rules();
    }

    /// The rules of a preset as one's own, none of which leaves a store out.
    private static String forEveryStore(String preset) {
        return rules(preset).stream()
                .map(rule -> "%s: {cron: \"%s\", deleteAfter: %dd%s}"
                        .formatted(
                                rule.name(),
                                rule.schedule(),
                                rule.deleteAfter().toDays(),
                                rule.coldAfter()
                                        .map(cold -> ", coldAfter: " + cold.toDays() + "d")
                                        .orElse("")))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
