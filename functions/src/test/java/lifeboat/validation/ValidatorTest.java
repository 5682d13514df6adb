package lifeboat.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.validation.Finding.Aspect;
import lifeboat.validation.Finding.Failed;
import lifeboat.validation.Finding.Unknown;
import lifeboat.validation.Logs.Log;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;
import org.junit.jupiter.api.Test;

class ValidatorTest {
    private static final Instant NOW = Instant.parse("2026-11-20T05:00:00Z");
    private static final Instant TODAY = Instant.parse("2026-11-20T01:20:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T01:20:00Z");
    private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/vault";
    private static final VaultFacts LOCKED = new VaultFacts(
            true,
            Optional.of(Duration.ofDays(7)),
            Optional.of(Duration.ofDays(2555)),
            Optional.empty(),
            Optional.of(KEY),
            250_000);

    private final FakeVault vault = new FakeVault();
    private final FakeVault copies = new FakeVault();
    private Optional<Vault> elsewhere = Optional.empty();
    private final List<JobFacts> jobs = new ArrayList<>();
    private Looked<Long> jobsLooked = new Seen<>(0L);
    private Looked<Log> log = new Seen<>(new Log.On(NOW.minusSeconds(300)));
    private Looked<Boolean> secret = new Seen<>(true);
    private String resource = "dynamodb: products";
    private String more = "";
    private String lock = "vaultLock: {mode: governance, minRetention: 7d, maxRetention: 7y}";

    ValidatorTest() {
        vault.points.add(complete("products", TODAY));
        copies.points.add(complete("products", YESTERDAY.plusSeconds(7_200)));
    }

    @Test
    void everythingAsPromisedIsProven() {
        var validation = validate();

        assertThat(validation.failures()).isEmpty();
        assertThat(validation.gaps()).isEmpty();
        assertThat(validation.isProven()).isTrue();
        assertThat(validation.findings())
                .extracting(Finding::aspect)
                .containsExactlyInAnyOrder(
                        Aspect.BACKUP,
                        Aspect.COPY,
                        Aspect.RETENTION,
                        Aspect.ENCRYPTION,
                        Aspect.JOBS,
                        Aspect.POINT_IN_TIME,
                        Aspect.VAULT_LOCK,
                        Aspect.VAULT_LOCK);
    }

    @Test
    void figuresAreTheSlowestBackupWhatWasBackedUpAndHowFullTheFullerVaultIs() {
        jobs.add(completed(Duration.ofMinutes(50), 700));
        jobs.add(completed(Duration.ofMinutes(70), 40));
        jobs.add(completed(Duration.ofMinutes(10), 2));
        copies.settings = new Seen<>(new VaultFacts(
                true, LOCKED.minRetention(), LOCKED.maxRetention(), LOCKED.finalFrom(), LOCKED.key(), 800_000));

        assertThat(validate().figures())
                .isEqualTo(new BackupFigures(
                        Optional.of(Duration.ofMinutes(70)),
                        validate().figures().windowUsed(),
                        Optional.of(742L),
                        Optional.of(80.0)));
    }

    @Test
    void whatCouldNotBeLookedAtIsNoFigure() {
        jobsLooked = new Unseen<>("throttled");
        vault.settings = new Unseen<>("throttled");
        copies.settings = new Unseen<>("region lost");

        assertThat(validate().figures())
                .isEqualTo(new BackupFigures(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void vaultThatCouldNotBeLookedAtDoesNotHideThatTheOtherIsFull() {
        vault.settings = new Seen<>(new VaultFacts(
                true, LOCKED.minRetention(), LOCKED.maxRetention(), LOCKED.finalFrom(), LOCKED.key(), 900_000));
        copies.settings = new Unseen<>("region lost");

        assertThat(validate().figures().storageUsed()).contains(90.0);
    }

    /// The weekly backup may take twelve hours; that the nightly one may take two is nothing to it.
    @Test
    void jobIsMeasuredAgainstTheWindowOfItsOwnRule() {
        more =
                "schedules: {nightly: {cron: \"cron(0 1 * * ? *)\", deleteAfter: 30d, copy: false, completionWindow: 2h},"
                        + " weekly: {cron: \"cron(0 9 ? * SUN *)\", deleteAfter: 60d, copy: false, completionWindow: 12h}}\n";
        jobs.add(completed(Duration.ofHours(9), 1, "lifeboat-test-plan", "weekly"));
        assertThat(validate().figures().windowUsed()).contains(75.0);

        jobs.add(completed(Duration.ofMinutes(108), 1, "lifeboat-test-plan", "nightly"));
        assertThat(validate().figures().windowUsed()).contains(90.0);

        jobs.add(completed(Duration.ofMinutes(114), 1));
        assertThat(validate().figures().windowUsed())
                .as("a job of no known rule is measured against the shortest window")
                .contains(95.0);
    }

    @Test
    void jobOfAnotherPlanInTheAccountIsNoFigureOfThisEnvironment() {
        jobs.add(completed(Duration.ofHours(20), 1_000, "lifeboat-test-eu-plan", "daily"));

        assertThat(validate().figures().longest()).isEmpty();
        assertThat(validate().figures().windowUsed()).isEmpty();
        assertThat(validate().figures().bytes()).contains(0L);
    }

    @Test
    void yesterdaysRecoveryPointDoesNotStandInForTodays() {
        vault.points.clear();
        vault.points.add(complete("products", YESTERDAY));

        assertThat(onlyFailure(Aspect.BACKUP))
                .isEqualTo("no complete recovery point of rule \"daily\" from 2026-11-20T01:00:00Z; it was due by"
                        + " 2026-11-20T04:00:00Z");
    }

    @Test
    void recoveryPointOfAnotherResourceProvesNothing() {
        vault.points.clear();
        vault.points.add(complete("orders", TODAY));

        assertThat(failures()).extracting(Failed::aspect).containsExactly(Aspect.BACKUP);
    }

    @Test
    void recoveryPointCountsFromItsRuleUntilItsTime() {
        for (var at : List.of(Instant.parse("2026-11-20T01:00:00Z"), Instant.parse("2026-11-20T04:00:00Z"))) {
            vault.points.clear();
            vault.points.add(complete("products", at));
            assertThat(failures()).isEmpty();
        }
        for (var at : List.of(Instant.parse("2026-11-20T00:59:59Z"), Instant.parse("2026-11-20T04:00:01Z"))) {
            vault.points.clear();
            vault.points.add(complete("products", at));
            assertThat(failures()).extracting(Failed::aspect).containsExactly(Aspect.BACKUP);
        }
    }

    @Test
    void recoveryPointOfAnotherRuleProvesNothing() {
        vault.points.clear();
        vault.points.add(of("four-hourly", 30, TODAY));

        assertThat(onlyFailure(Aspect.BACKUP)).contains("no complete recovery point of rule \"daily\"");
    }

    /// Four-hourly points passed for an archive of seven years that was never made.
    @Test
    void anArchiveThatIsNeverMadeIsFoundBesidePointsOfFrequentRules() {
        more = """
                schedules:
                  often: {cron: "cron(0 0/4 * * ? *)", startWindow: 1h, completionWindow: 2h, deleteAfter: 7d, copy: false}
                  archive: {cron: "cron(10 1 20 * ? *)", startWindow: 1h, completionWindow: 2h, deleteAfter: 7y, copy: false}
                """;
        vault.points.clear();
        for (int hour = 0; hour < 24; hour += 4) {
            vault.points.add(
                    of("often", 7, Instant.parse("2026-11-19T00:10:00Z").plus(Duration.ofHours(hour))));
        }
        vault.points.add(of("often", 7, Instant.parse("2026-11-20T00:10:00Z")));

        assertThat(validate().failures())
                .filteredOn(failure -> failure.aspect() == Aspect.BACKUP)
                .singleElement()
                .satisfies(failure -> assertThat(failure.told()).contains("rule \"archive\""));
    }

    /// The time of a copy reaches into that of the next: its copy passed for one that was never made.
    @Test
    void copyOfALaterBackupDoesNotStandInForOneThatIsMissing() {
        more = """
                schedules:
                  daily: {cron: "cron(0 0/4 * * ? *)", startWindow: 1h, completionWindow: 2h, deleteAfter: 30d, copy: true}
                """;
        vault.points.clear();
        copies.points.clear();
        for (int hour = 0; hour <= 28; hour += 4) {
            var at = Instant.parse("2026-11-19T00:10:00Z").plus(Duration.ofHours(hour));
            vault.points.add(complete("products", at));
            copies.points.add(complete("products", at));
        }
        assertThat(failures()).isEmpty();

        copies.points.removeIf(point -> point.createdAt().equals(Instant.parse("2026-11-19T12:10:00Z")));
        assertThat(onlyFailure(Aspect.COPY)).contains("from 2026-11-19T12:00:00Z");
    }

    @Test
    void recoveryPointOfALaterFiringDoesNotStandInForOneThatIsMissing() {
        more = """
                schedules:
                  daily: {cron: "cron(0 0/4 * * ? *)", startWindow: 1h, completionWindow: 4h, deleteAfter: 30d, copy: false}
                """;
        vault.points.clear();
        for (int hour = 0; hour <= 28; hour += 4) {
            vault.points.add(
                    complete("products", Instant.parse("2026-11-19T00:10:00Z").plus(Duration.ofHours(hour))));
        }
        assertThat(failures()).isEmpty();

        vault.points.removeIf(point -> point.createdAt().equals(Instant.parse("2026-11-19T12:10:00Z")));
        assertThat(onlyFailure(Aspect.BACKUP)).contains("from 2026-11-19T12:00:00Z");
    }

    @Test
    void encryptionIsUnknownWhereTheVaultDoesNotSayItsKey() {
        lock = "";
        vault.settings = new Unseen<>("access denied");

        assertThat(validate().gaps())
                .singleElement()
                .isEqualTo(new Unknown(
                        new Finding.Subject(Optional.of(new WorkloadName("shop")), Optional.of(new ResourceName("a"))),
                        Aspect.ENCRYPTION,
                        "the vault's key: access denied"));
    }

    @Test
    void keyThatAPointDoesNotSayIsUnknown() {
        PointFacts ours = complete("products", TODAY);
        vault.points.set(
                0,
                new PointFacts(
                        ours.resourceArn(),
                        ours.arn(),
                        ours.createdAt(),
                        ours.state(),
                        true,
                        "",
                        ours.maker(),
                        ours.keptFor(),
                        ours.coldAfter(),
                        Optional.empty()));

        assertThat(validate().gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.why()).contains("point of products does not say its key"));
    }

    /// A job of two days is of no day: what it left out was never said.
    @Test
    void jobThatBeganBeforeTheDayAndEndedInItIsJudged() {
        jobs.add(new JobFacts(
                "products",
                "job-0",
                NOW.minus(Duration.ofHours(30)),
                Optional.of(NOW.minus(Duration.ofHours(10))),
                JobFacts.State.COMPLETE_WITH_ISSUES,
                "said so",
                0,
                Optional.empty()));

        assertThat(onlyFailure(Aspect.JOBS)).contains("completed with issues, said so");

        jobs.set(
                0,
                new JobFacts(
                        "products",
                        "job-0",
                        NOW.minus(Duration.ofHours(30)),
                        Optional.of(NOW.minus(Duration.ofHours(25))),
                        JobFacts.State.COMPLETE_WITH_ISSUES,
                        "said so",
                        700,
                        Optional.empty()));
        assertThat(failures()).isEmpty();
        assertThat(validate().figures().bytes()).contains(0L);
    }

    @Test
    void recoveryPointOfAnotherPlanProvesNothing() {
        vault.points.clear();
        PointFacts ours = of("daily", 30, TODAY);
        vault.points.add(new PointFacts(
                ours.resourceArn(),
                ours.arn(),
                ours.createdAt(),
                ours.state(),
                true,
                "",
                Optional.of(new PointFacts.Maker("somebody-elses", "daily")),
                ours.keptFor(),
                ours.coldAfter(),
                ours.key()));

        assertThat(onlyFailure(Aspect.BACKUP)).contains("rule \"daily\"");
    }

    @Test
    void recoveryPointThatDoesNotSayItsRuleCountsOnlyIfItIsKeptJustAsLong() {
        PointFacts ours = of("daily", 30, TODAY);
        for (var kept : List.of(30, 7)) {
            vault.points.clear();
            vault.points.add(new PointFacts(
                    ours.resourceArn(),
                    ours.arn(),
                    ours.createdAt(),
                    ours.state(),
                    true,
                    "",
                    Optional.empty(),
                    Optional.of(Duration.ofDays(kept)),
                    Optional.empty(),
                    ours.key()));
            assertThat(failures()).hasSize(kept == 30 ? 0 : 1);
        }
    }

    @Test
    void recoveryPointThatIsKeptOtherwiseThanItsRuleSaysIsFound() {
        vault.points.set(0, of("daily", 7, TODAY));

        assertThat(onlyFailure(Aspect.RETENTION))
                .isEqualTo("point of products is kept 7 d, and rule \"daily\" says 30 d");
    }

    @Test
    void copyUnderAnotherKeyThanTheVaultsIsFound() {
        copies.points.set(
                0,
                of(
                        "daily",
                        Optional.of(Duration.ofDays(30)),
                        "products",
                        copies.points.getFirst().createdAt(),
                        PointFacts.State.COMPLETE,
                        true,
                        "arn:aws:kms:us-west-2:111122223333:key/other"));

        assertThat(onlyFailure(Aspect.ENCRYPTION)).contains("key/other, not with the vault's key");
    }

    @Test
    void copyThatNeverReachedTheRecoveryAccountIsFound() {
        FakeVault account = new FakeVault();
        elsewhere = Optional.of(account);
        assertThat(onlyFailure(Aspect.ACCOUNT_COPY)).contains("no complete copy in the recovery account");

        account.points.add(copies.points.getFirst());
        assertThat(failures()).isEmpty();
    }

    @Test
    void continuousBackupThatIsNotThereOrDoesNotGoOnIsFound() {
        more = "schedules: {daily: {cron: \"cron(0 1 * * ? *)\", deleteAfter: 30d, copy: false, continuous: true}}\n";
        resource = "s3: products";
        vault.points.clear();

        assertThat(onlyFailure(Aspect.CONTINUOUS)).contains("the vault holds none");

        PointFacts stopped = point("products", YESTERDAY, PointFacts.State.OTHER, true);
        vault.continuous = Optional.of(stopped);
        assertThat(onlyFailure(Aspect.CONTINUOUS)).contains("does not go on");

        vault.continuous = Optional.of(of("daily", 7, YESTERDAY));
        assertThat(onlyFailure(Aspect.RETENTION)).contains("is kept 7 d");

        vault.continuous = Optional.of(of("daily", 30, YESTERDAY));
        assertThat(failures()).isEmpty();
    }

    @Test
    void logIsJudgedByTheObjectiveOfItsWorkload() {
        more = "tiers: {critical: {rpo: 4h, rto: 8h}}\n";
        log = new Seen<>(new Log.On(NOW.minusSeconds(901)));
        assertThat(failures()).isEmpty();

        log = new Seen<>(new Log.On(NOW.minusSeconds(4 * 3_600 + 1)));
        assertThat(onlyFailure(Aspect.POINT_IN_TIME)).contains("the RPO is 4 h");
    }

    @Test
    void missingCopyIsFound() {
        copies.points.clear();

        assertThat(onlyFailure(Aspect.COPY)).contains("no complete copy in the recovery region of rule \"daily\"");
    }

    @Test
    void planWithoutCopiesIsNotAskedForThem() {
        more = "schedules: {daily: {cron: \"cron(0 1 * * ? *)\", deleteAfter: 30d, copy: false}}\n";
        copies.points.clear();

        assertThat(validate().findings()).extracting(Finding::aspect).doesNotContain(Aspect.COPY);
        assertThat(validate().isProven()).isTrue();
    }

    @Test
    void partialAndPendingRecoveryPointsAreNotComplete() {
        vault.points.set(0, point("products", TODAY, PointFacts.State.PARTIAL, true));
        assertThat(onlyFailure(Aspect.BACKUP)).contains("only partly there");

        vault.points.set(0, point("products", TODAY, PointFacts.State.OTHER, true));
        assertThat(onlyFailure(Aspect.BACKUP)).contains("no complete recovery point");
    }

    @Test
    void oneUnencryptedRecoveryPointOrCopyIsFound() {
        vault.points.add(point("products", TODAY.plusSeconds(9), PointFacts.State.COMPLETE, false));
        assertThat(onlyFailure(Aspect.ENCRYPTION)).contains("is not encrypted");

        vault.points.removeLast();
        copies.points.add(point("products", YESTERDAY, PointFacts.State.COMPLETE, false));
        assertThat(onlyFailure(Aspect.ENCRYPTION)).contains("is not encrypted");
    }

    @Test
    void jobThatCompletedWithIssuesIsAFailure() {
        jobs.add(job(JobFacts.State.COMPLETE));
        jobs.add(job(JobFacts.State.UNDER_WAY));
        assertThat(failures()).isEmpty();

        jobs.add(job(JobFacts.State.COMPLETE_WITH_ISSUES));
        assertThat(onlyFailure(Aspect.JOBS)).contains("completed with issues, said so");

        jobs.set(2, job(JobFacts.State.FAILED));
        assertThat(onlyFailure(Aspect.JOBS)).contains("failed, said so");
    }

    @Test
    void logThatIsOffOrStandsStillIsFound() {
        log = new Seen<>(new Log.Off());
        assertThat(onlyFailure(Aspect.POINT_IN_TIME)).isEqualTo("point-in-time recovery is off");

        log = new Seen<>(new Log.On(NOW.minusSeconds(901)));
        assertThat(onlyFailure(Aspect.POINT_IN_TIME)).contains("15 min 1 s ago; the RPO is 15 min");

        log = new Seen<>(new Log.On(NOW.minusSeconds(900)));
        assertThat(failures()).isEmpty();
    }

    @Test
    void secretThatTheRecoveryRegionLacksIsFoundWithWhatReplicatesIt() {
        resource = "rds: products, database: d, credentials: c, readCredentials: shop/reader";
        assertThat(failures()).isEmpty();

        secret = new Seen<>(false);
        assertThat(failures()).singleElement().satisfies(failure -> {
            assertThat(failure.aspect()).isEqualTo(Aspect.CREDENTIALS);
            assertThat(failure.told()).contains("\"shop/reader\" is not in us-west-2");
            assertThat(failure.hint())
                    .isEqualTo(
                            "aws secretsmanager replicate-secret-to-regions --secret-id 'shop/reader' --add-replica-regions Region=us-west-2");
        });

        secret = new Unseen<>("access denied");
        assertThat(validate().gaps()).extracting(Unknown::aspect).contains(Aspect.CREDENTIALS);
        assertThat(validate().isProven()).isFalse();
    }

    @Test
    void secretIsNotLookedForWhereNothingIsCopied() {
        resource = "rds: products, database: d, credentials: c";
        more = "schedules: {daily: {cron: \"cron(0 1 * * ? *)\", deleteAfter: 30d, copy: false}}\n";
        secret = new Seen<>(false);

        assertThat(validate().findings()).extracting(Finding::aspect).doesNotContain(Aspect.CREDENTIALS);
    }

    @Test
    void logThatNobodyAskedForIsNotLookedAt() {
        resource = "dynamodb: products, pointInTime: false";
        log = new Seen<>(new Log.Off());

        assertThat(validate().isProven()).isTrue();
    }

    @Test
    void lockThatDiffersFromTheFileIsFound() {
        vault.settings = new Seen<>(
                new VaultFacts(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0));
        assertThat(onlyFailure(Aspect.VAULT_LOCK)).isEqualTo("the vault in us-east-1 is not locked");

        vault.settings = new Seen<>(LOCKED);
        copies.settings = new Seen<>(new VaultFacts(
                true, Optional.of(Duration.ofDays(1)), Optional.empty(), Optional.empty(), Optional.empty(), 0));
        assertThat(onlyFailure(Aspect.VAULT_LOCK))
                .isEqualTo("the lock of the vault in us-west-2 keeps 1 d to any, not 7 d to 2555 d");

        copies.settings = new Seen<>(
                new VaultFacts(true, LOCKED.minRetention(), LOCKED.maxRetention(), Optional.of(NOW), LOCKED.key(), 0));
        assertThat(onlyFailure(Aspect.VAULT_LOCK)).contains("is a compliance lock");
    }

    @Test
    void whatCannotBeLookedAtIsNeverProven() {
        vault.looked = new Unseen<>("access denied");
        copies.looked = new Unseen<>("region unreachable");
        vault.settings = new Unseen<>("access denied");
        jobsLooked = new Unseen<>("throttled");
        log = new Unseen<>("no such table");

        var validation = validate();

        assertThat(validation.failures()).isEmpty();
        assertThat(validation.isProven()).isFalse();
        assertThat(validation.gaps())
                .extracting(Unknown::aspect)
                .containsExactlyInAnyOrder(
                        Aspect.BACKUP,
                        Aspect.COPY,
                        Aspect.RETENTION,
                        Aspect.ENCRYPTION,
                        Aspect.JOBS,
                        Aspect.POINT_IN_TIME,
                        Aspect.VAULT_LOCK);
    }

    @Test
    void continuousBackupOfADatabaseYieldsNoRecoveryPointAFiring() {
        more = "schedules: {daily: {cron: \"cron(0 1 * * ? *)\", deleteAfter: 30d, continuous: true}}\n";
        vault.points.clear();

        assertThat(failures()).as("a table").extracting(Failed::aspect).containsExactly(Aspect.BACKUP);
        resource = "rds: products, database: d, credentials: c";
        vault.continuous = Optional.of(of("daily", 30, YESTERDAY));
        assertThat(failures()).as("a database").isEmpty();
        assertThat(validate().gaps()).extracting(Unknown::aspect).contains(Aspect.BACKUP);
    }

    @Test
    void vaultsAreListedByTimeOnceWhateverTheNumberOfResources() {
        resource = "dynamodb: products}, b: {dynamodb: other-1}, c: {dynamodb: other-2";

        validate();

        assertThat(vault.asked).containsExactly("2026-11-20T01:00:00Z to 2026-11-20T04:00:00Z");
        assertThat(copies.asked).containsExactly("2026-11-19T01:00:00Z to 2026-11-19T06:00:00Z");
    }

    /// A backup that no rule promises of a store is not missed there, and one that is promised is not proven by
    /// others'.
    @Test
    void onlyTheRulesOfItsStoreArePromisedOfAResource() {
        more = """
                schedules:
                  daily: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d, stores: [dynamodb]}
                  often: {cron: "cron(0 2 * * ? *)", deleteAfter: 30d, stores: [ebs], copy: false}
                """;
        assertThat(validate().failures()).isEmpty();

        resource = "ebs: vol-01234567";
        vault.points.add(of(
                "daily",
                Optional.of(Duration.ofDays(30)),
                "vol-01234567",
                TODAY,
                PointFacts.State.COMPLETE,
                true,
                KEY));

        assertThat(onlyFailure(Aspect.BACKUP)).startsWith("no complete recovery point of rule \"often\"");
        assertThat(validate().findings()).extracting(Finding::aspect).doesNotContain(Aspect.COPY);
    }

    @Test
    void recoveryPointOfThePlanOfOneStoreIsAsGood() {
        vault.points.clear();
        vault.points.add(madeBy("lifeboat-test-plan-dynamodb"));
        assertThat(validate().failures()).isEmpty();

        vault.points.clear();
        vault.points.add(madeBy("lifeboat-test-plan-other"));
        assertThat(failures()).extracting(Failed::aspect).containsExactly(Aspect.BACKUP);
    }

    private static PointFacts madeBy(String plan) {
        return new PointFacts(
                "products",
                "point of products",
                TODAY,
                PointFacts.State.COMPLETE,
                true,
                "",
                Optional.of(new PointFacts.Maker(plan, "daily")),
                Optional.of(Duration.ofDays(30)),
                Optional.empty(),
                Optional.of(KEY));
    }

    /// G9: a million recovery points go by without being kept.
    @Test
    void millionRecoveryPointsAreFoldedAsTheyGoBy() {
        vault.generated = 1_000_000;

        assertThat(validate().isProven()).isTrue();
    }

    private Validation validate() {
        var environment = EnvironmentFile.parse("test.yaml", """
                environment: test
                account: "111122223333"
                region: us-east-1
                recoveryRegion: us-west-2
                %s
                %sworkloads:
                  shop:
                    tier: critical
                    resources: {a: {%s}}
                """.formatted(lock, more, resource));
        return new Validator(
                        environment,
                        Resource::physicalName,
                        vault,
                        copies,
                        elsewhere,
                        this::jobs,
                        live -> log,
                        _ -> secret)
                .validate(NOW);
    }

    private Looked<Long> jobs(Instant since, Consumer<JobFacts> each) {
        assertThat(since).isBefore(NOW.minus(Duration.ofDays(1)));
        jobs.stream().filter(job -> !job.createdAt().isBefore(since)).forEach(each);
        return jobsLooked;
    }

    private List<Failed> failures() {
        return validate().failures();
    }

    private String onlyFailure(Aspect aspect) {
        assertThat(failures()).extracting(Failed::aspect).containsExactly(aspect);
        assertThat(failures().getFirst().hint()).isNotBlank();
        return failures().getFirst().told();
    }

    private static PointFacts complete(String arn, Instant at) {
        return point(arn, at, PointFacts.State.COMPLETE, true);
    }

    private static PointFacts point(String arn, Instant at, PointFacts.State state, boolean encrypted) {
        return of("daily", Optional.of(Duration.ofDays(30)), arn, at, state, encrypted, KEY);
    }

    private static PointFacts of(String rule, int days, Instant at) {
        return of(rule, Optional.of(Duration.ofDays(days)), "products", at, PointFacts.State.COMPLETE, true, KEY);
    }

    private static PointFacts of(
            String rule,
            Optional<Duration> kept,
            String arn,
            Instant at,
            PointFacts.State state,
            boolean encrypted,
            String key) {
        return new PointFacts(
                arn,
                "point of " + arn,
                at,
                state,
                encrypted,
                "",
                Optional.of(new PointFacts.Maker("lifeboat-test-plan", rule)),
                kept,
                Optional.empty(),
                Optional.of(key));
    }

    private static JobFacts completed(Duration took, long sizeBytes) {
        return new JobFacts(
                "products",
                "job-1",
                TODAY,
                Optional.of(TODAY.plus(took)),
                JobFacts.State.COMPLETE,
                "",
                sizeBytes,
                Optional.empty());
    }

    private static JobFacts completed(Duration took, long sizeBytes, String plan, String rule) {
        return new JobFacts(
                "products",
                "job-1",
                TODAY,
                Optional.of(TODAY.plus(took)),
                JobFacts.State.COMPLETE,
                "",
                sizeBytes,
                Optional.of(new PointFacts.Maker(plan, rule)));
    }

    private static JobFacts job(JobFacts.State state) {
        return new JobFacts("products", "job-1", TODAY, Optional.empty(), state, "said so", 0, Optional.empty());
    }

    private static final class FakeVault implements Vault {
        private final List<PointFacts> points = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();
        private Looked<VaultFacts> settings = new Seen<>(LOCKED);
        private Looked<Long> looked = new Seen<>(0L);
        private Optional<PointFacts> continuous = Optional.empty();
        private long generated;

        @Override
        public Looked<VaultFacts> settings() {
            return settings;
        }

        @Override
        public Looked<Long> points(Instant from, Instant until, Consumer<PointFacts> each) {
            asked.add(from + " to " + until);
            points.forEach(each);
            LongStream.range(0, generated)
                    .mapToObj(i -> complete("arn-" + i % 10_000, TODAY))
                    .forEach(each);
            return looked;
        }

        @Override
        public Looked<Optional<PointFacts>> continuous(String resourceArn) {
            return new Seen<>(continuous);
        }
    }
}
