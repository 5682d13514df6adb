package lifeboat.protection;

import static lifeboat.protection.Plans.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lifeboat.catalog.Presets;
import lifeboat.catalog.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class PlanRulesTest {
    static final List<String> PRESETS = Presets.NAMES;

    @ParameterizedTest
    @FieldSource("PRESETS")
    void presetIsLegalForEveryStore(String preset) {
        assertThat(problems(preset, "rds: db, database: d, credentials: c")).isEmpty();
        assertThat(problems(preset, "efs: fs-01234567")).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("PRESETS")
    void presetHasNoOverlappingWindowsAndCopiesEverything(String preset) {
        var rules = Presets.named(preset).orElseThrow().rules();

        assertThat(Firings.of(rules, TODAY).overlaps()).isEmpty();
        assertThat(rules).allSatisfy(rule -> assertThat(rule.copy()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // T1: the source's weekly rule
                "cron(0 0 ? * SUN *) | deleteAfter: 90d, coldAfter: 30d            | LB-035 schedules.a.coldAfter",
                "cron(0 0 ? * SUN *) | deleteAfter: 119d, coldAfter: 30d           | LB-035 schedules.a.coldAfter",
                "cron(0 0 ? * SUN *) | deleteAfter: 120d, coldAfter: 30d           |",
                "cron(0 0 ? * SUN *) | deleteAfter: 120d, startWindow: 59m         | LB-034 schedules.a.startWindow",
                "cron(0 0 ? * SUN *) | deleteAfter: 120d, startWindow: 3601s       | LB-034 schedules.a.startWindow",
                "cron(0 0 ? * SUN *) | deleteAfter: 120d, startWindow: 60m         |",
                "cron(0 0 ? * SUN *) | deleteAfter: 120d, completionWindow: 90s    | LB-034 schedules.a.completionWindow",
                "cron(0/15 * * * ? *) | deleteAfter: 7d                            | LB-032 schedules.a.cron",
                "cron(0,59 * * * ? *) | deleteAfter: 7d                            | LB-032 schedules.a.cron",
                "cron(30 * * * ? *)  | deleteAfter: 7d, completionWindow: 1h       |",
                "cron(30 * * * ? *)  | deleteAfter: 7d, completionWindow: 61m      | LB-039 schedules.a.completionWindow",
                "cron(0 12/12 * * ? *) | deleteAfter: 7d                           | LB-030 schedules.a.cron",
                "cron(0 1 30 FEB ? *) | deleteAfter: 7d                            | LB-033 schedules.a.cron",
                "cron(0 1 * * ? 2020) | deleteAfter: 7d                            | LB-033 schedules.a.cron",
                "cron(0 1 * * ? *)   | deleteAfter: 36d, continuous: true          | LB-036 schedules.a.deleteAfter",
                "cron(0 1 * * ? *)   | deleteAfter: 35d, continuous: true          |",
                "cron(0 1 1 * ? *)   | deleteAfter: 35d, coldAfter: 1d, continuous: true | LB-035 schedules.a.coldAfter,LB-036 schedules.a.coldAfter",
                "cron(0 1 1 * ? *)   | deleteAfter: 99d, coldAfter: 1d, completionWindow: 12h | LB-035 schedules.a.coldAfter",
                "cron(0 1 1 * ? *)   | deleteAfter: 99d, coldAfter: 1d, completionWindow: 12h, copy: false |",
                "cron(0 1 1 * ? *)   | deleteAfter: 99d, coldAfter: 1d, completionWindow: 11h |"
            })
    void ruleThatTheCdkAcceptsAndAwsDoesNotIsRefused(String cron, String settings, String expected) {
        var schedules = "{a: {cron: \"%s\", %s}}".formatted(cron, settings);

        assertThat(problems(schedules, "efs: fs-01234567"))
                .extracting(problem -> problem.code() + " " + problem.path())
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.split(",", -1)));
    }

    @Test
    void coldStorageIsRefusedWhereNothingCanMoveThere() {
        var schedules = "{a: {cron: \"cron(0 1 1 * ? *)\", deleteAfter: 1y, coldAfter: 30d}}";

        assertThat(problems(schedules, "s3: bucket")).extracting(Problem::code).containsExactly("LB-035");
        assertThat(problems(schedules, "dynamodb: table")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minRetention: 31d | LB-037",
                "minRetention: 30d |",
                "minRetention: 7d, maxRetention: 29d | LB-037",
                "minRetention: 7d, maxRetention: 30d |"
            })
    void retentionOutsideOfTheVaultLockIsRefused(String lock, String expected) {
        var schedules = "{a: {cron: \"cron(0 1 * * ? *)\", deleteAfter: 30d}}";
        var environment = Plans.environment(
                schedules, "critical", "dynamodb: table", "vaultLock: {mode: governance, " + lock + "}");

        assertThat(PlanRules.check(environment, TODAY))
                .extracting(Problem::code)
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void twoContinuousRulesAreRefused() {
        var schedules = """
                {a: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d, continuous: true},
                b: {cron: "cron(0 5 * * ? *)", deleteAfter: 20d, continuous: true}}""";

        assertThat(problems(schedules, "s3: bucket")).extracting(Problem::code).containsExactly("LB-036");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "copy: true  | 90d | copy: false | LB-038",
                "copy: true  | 90d | copy: true  |",
                "copy: false | 90d | copy: false |",
                "copy: false | 90d | copy: true  |",
                "copy: true  | 30d | copy: true  | LB-038"
            })
    void overlapIsRefusedWhereTheBackupThatIsKeptDoesLess(String daily, String kept, String weekly, String expected) {
        var schedules = """
                {daily: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d, %s},
                weekly: {cron: "cron(0 0 ? * SUN *)", startWindow: 2h, deleteAfter: %s, %s}}""".formatted(daily, kept, weekly);

        assertThat(problems(schedules, "s3: bucket"))
                .extracting(Problem::code)
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void windowsThatMerelyTouchDoNotOverlap() {
        var schedules = """
                {daily: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d},
                weekly: {cron: "cron(0 0 ? * SUN *)", startWindow: 1h, completionWindow: 1h, deleteAfter: 90d, copy: false}}""";

        assertThat(problems(schedules, "s3: bucket")).isEmpty();
        assertThat(problems(schedules.replace("1h", "61m"), "s3: bucket"))
                .extracting(Problem::path)
                .containsExactly("schedules.daily.cron");
    }

    /// AWS Backup looks at the rules of one plan, and each store has its own.
    @Test
    void rulesOfDifferentStoresDoNotGetIntoEachOthersWay() {
        var schedules = """
                {one: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d, continuous: true, stores: [s3]},
                other: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d, continuous: true, stores: [rds]}}""";

        assertThat(problems(schedules, "s3: bucket")).isEmpty();
        assertThat(problems(schedules.replace("[rds]", "[rds, s3]"), "s3: bucket"))
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("LB-036", "LB-038");
    }

    @Test
    void resourceThatNoRuleIsForIsRefused() {
        var schedules = "{a: {cron: \"cron(0 1 * * ? *)\", deleteAfter: 30d, stores: [rds]}}";

        assertThat(problems(schedules, "dynamodb: table"))
                .extracting(problem -> problem.code() + " " + problem.path())
                .containsExactly("LB-043 workloads.w.resources.r");
        assertThat(problems(schedules, "rds: db, database: d, credentials: c")).isEmpty();
    }

    @Test
    void coldStorageNeedsAStoreThatTheRuleIsFor() {
        var schedules = """
                {a: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d},
                b: {cron: "cron(0 9 1 * ? *)", deleteAfter: 1y, coldAfter: 30d, stores: [s3]}}""";

        assertThat(problems(schedules, "dynamodb: table"))
                .extracting(Problem::code)
                .containsExactly("LB-035");
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnce() {
        var schedules = """
                {a: {cron: "cron(0 1 * * ? *)", startWindow: 10m, deleteAfter: 30d},
                b: {cron: "cron(0 1 * * *)", deleteAfter: 30d},
                c: {cron: "cron(0 9 * * ? *)", deleteAfter: 30d},
                d: {cron: "cron(30 9 * * ? *)", deleteAfter: 30d}}""".replace("cron(0 1 * * *)", "cron(0 1 1 * 1 *)");

        assertThat(problems(schedules, "s3: bucket"))
                .extracting(problem -> problem.code() + " " + problem.path())
                .containsExactlyInAnyOrder(
                        "LB-034 schedules.a.startWindow", "LB-030 schedules.b.cron", "LB-038 schedules.c.cron");
    }

    private static List<Problem> problems(String schedules, String resource) {
        return PlanRules.check(Plans.environment(schedules, "critical", resource), TODAY);
    }
}
