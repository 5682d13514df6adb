package lifeboat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentFileTest {
    static final String SMALLEST = """
            environment: prod
            account: "111122223333"
            region: us-east-1
            recoveryRegion: us-west-2
            workloads:
              catalog:
                tier: critical
                resources:
                  products: {dynamodb: techmoda-products}
            """;

    @Test
    void smallestFileIsFilledWithDefaults() {
        var environment = EnvironmentFile.parse("prod.yaml", SMALLEST);

        assertThat(environment.contacts()).isEqualTo(new Contacts(List.of(), Optional.empty()));
        assertThat(environment.schedules().origin()).isEqualTo("techmoda");
        assertThat(environment.vaultLock()).isEmpty();
        assertThat(environment.recoveryAccount()).isEmpty();
        var workload = environment.workloads().getFirst();
        assertThat(workload.objectives()).isEqualTo(Tier.CRITICAL.defaults());
        assertThat(workload.owner()).isEqualTo("nobody named");
        assertThat(workload.regionLost()).isEmpty();
        assertThat(workload.resources())
                .containsExactly(new Resource.DynamoDbTable(
                        new ResourceName("products"), "techmoda-products", Optional.empty(), List.of()));
    }

    @Test
    void everyKeyReachesTheEnvironment() {
        var environment = EnvironmentFile.parse("prod.yaml", """
                environment: prod
                account: "111122223333"
                region: us-east-1
                recoveryRegion: us-west-2
                recoveryAccount: "444455556666"
                contacts: {email: [a@techmoda.example], slack: {secret: lifeboat/slack}}
                schedules:
                  nightly: {cron: "cron(0 1 * * ? *)", startWindow: 90m, completionWindow: 4h, coldAfter: 30d,
                            deleteAfter: 120d, copy: false, continuous: true, purpose: Nightly}
                  often: {cron: "cron(0 0/12 * * ? *)", deleteAfter: 2w}
                vaultLock: {mode: compliance, minRetention: 7d, maxRetention: 7y, coolingOff: 4d}
                tiers: {standard: {rpo: 2h, regionLost: {rpo: 30h, rto: 8h}, accountLost: {rpo: 2d, rto: 3d}}}
                workloads:
                  shop:
                    tier: standard
                    owner: Shop team
                    accountLost: {rpo: 3d, rto: 4d}
                    resources:
                      orders:
                        rds: orders-db
                        database: orders
                        credentials: shop/orders
                        pointInTime: false
                        freshness: {sql: "select max(t) from o"}
                        checks:
                          - rows: {table: sales.orders, within: 0.5%, atLeast: 10}
                          - sql: {query: "select 1", equals: 1.0}
                          - sql: {query: "select 2", equals: "1.0"}
                          - sql: {query: "select 3", equals: null}
                          - sql: {query: "select 4", equals: "null"}
                          - sql: {query: "select 5", equals: true}
                          - sql: {query: "select 6", equals: 0x1F}
                          - matchesLive: {}
                          - fingerprint: {explainedBy: "changed_at, created_at"}
                          - fingerprint: {}
                          - engine: {}
                      media: {s3: shop-media}
                      files: {efs: fs-0123456789abcdef0}
                      disk: {ebs: vol-0123456789abcdef0}
                    drill: {every: quarter, from: recoveryPoint}
                    application: {ecs: [shop/api], health: "https://shop.example/health?deep=1"}
                    accept: {rpo: 27h, until: 2027-06-30, because: "No log on EFS"}
                """);

        assertThat(environment.recoveryAccount()).contains(new AccountId("444455556666"));
        assertThat(environment.contacts())
                .isEqualTo(new Contacts(List.of("a@techmoda.example"), Optional.of("lifeboat/slack")));
        assertThat(environment.schedules().origin()).isEqualTo("own");
        assertThat(environment.schedules().rules())
                .containsExactly(
                        new BackupRule(
                                "nightly",
                                "Nightly",
                                "cron(0 1 * * ? *)",
                                Duration.ofMinutes(90),
                                Duration.ofHours(4),
                                Optional.of(Duration.ofDays(30)),
                                Duration.ofDays(120),
                                false,
                                true),
                        new BackupRule(
                                "often",
                                "often",
                                "cron(0 0/12 * * ? *)",
                                Duration.ofHours(1),
                                Duration.ofHours(2),
                                Optional.empty(),
                                Duration.ofDays(14),
                                true,
                                false));
        assertThat(environment.vaultLock())
                .contains(new VaultLock(
                        VaultLock.Mode.COMPLIANCE,
                        Duration.ofDays(7),
                        Optional.of(Duration.ofDays(2555)),
                        Duration.ofDays(4)));
        var shop = environment.workload(new WorkloadName("shop")).orElseThrow();
        assertThat(shop.objectives()).isEqualTo(new Objectives(Duration.ofHours(2), Duration.ofHours(24)));
        assertThat(shop.regionLost()).contains(new Objectives(Duration.ofHours(30), Duration.ofHours(8)));
        assertThat(shop.accountLost()).contains(new Objectives(Duration.ofDays(3), Duration.ofDays(4)));
        assertThat(shop.drill()).contains(new Drill(Drill.Cadence.QUARTER, Drill.Source.RECOVERY_POINT));
        assertThat(shop.application().orElseThrow().health())
                .hasToString("Optional[https://shop.example/health?deep=1]");
        assertThat(shop.accepted())
                .contains(new AcceptedShortfall(Duration.ofHours(27), LocalDate.of(2027, 6, 30), "No log on EFS"));
        var orders = (Resource.RdsInstance) shop.resources().getFirst();
        assertThat(orders.pointInTime()).isFalse();
        assertThat(orders.sql()).isEqualTo(new SqlAccess("orders", "shop/orders"));
        assertThat(orders.freshness()).contains(new Freshness.Sql("select max(t) from o"));
        assertThat(orders.checks())
                .containsExactly(
                        new Check.Rows("sales.orders", Optional.of(0.5), Optional.of(10L)),
                        new Check.SqlAssertion("select 1", new Expected.Digits("1.0")),
                        new Check.SqlAssertion("select 2", new Expected.Text("1.0")),
                        new Check.SqlAssertion("select 3", new Expected.Nothing()),
                        new Check.SqlAssertion("select 4", new Expected.Text("null")),
                        new Check.SqlAssertion("select 5", new Expected.Truth(true)),
                        new Check.SqlAssertion("select 6", new Expected.Text("0x1F")),
                        new Check.MatchesLive(Optional.empty()),
                        new Check.Fingerprint(Optional.of("changed_at, created_at")),
                        new Check.Fingerprint(Optional.empty()),
                        new Check.EngineCheck());
        assertThat(shop.resources()).extracting(Resource::store).containsExactly("rds", "s3", "efs", "ebs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "prod"})
    void compiledFileReadsBackAsAnEqualEnvironment(String name, @TempDir Path folder) throws IOException {
        var yaml = Path.of("infra/environments/" + name + ".yaml");
        var json = Files.writeString(folder.resolve("catalog.json"), EnvironmentFile.compile(yaml));

        assertThat(EnvironmentFile.read(json)).isEqualTo(EnvironmentFile.read(yaml));
        assertThat(EnvironmentFile.compile(json)).isEqualTo(EnvironmentFile.compile(yaml));
        assertThat(EnvironmentFile.deployed(Map.of(EnvironmentFile.VARIABLE, json.toString())))
                .isEqualTo(EnvironmentFile.read(yaml));
    }

    @Test
    void functionWithoutCatalogSaysWhichVariableIsMissing() {
        assertThatThrownBy(() -> EnvironmentFile.deployed(Map.of()))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-020")
                .hasMessageContaining("LIFEBOAT_CATALOG");
    }

    @Test
    void allProblemsComeAtOnceInTheOrderOfTheFile() {
        var invalid = refused("""
                environment: Prod!
                acount: 111122223333
                region: us-east-1
                recoveryRegion: us-east-1
                workloads:
                  catalog:
                    tier: critical
                    tier: standard
                    resources:
                      products: {dynamodb: techmoda-products, rds: techmoda-orders}
                """);

        assertThat(invalid.problems())
                .extracting(problem -> problem.line() + " " + problem.path() + " " + problem.code())
                .containsExactly(
                        "1 account LB-010",
                        "1 environment LB-001",
                        "2 acount LB-008",
                        "4 recoveryRegion LB-015",
                        "8 workloads.catalog.tier LB-009",
                        "10 workloads.catalog.resources.products LB-014");
        assertThat(invalid)
                .hasMessageStartingWith("prod.yaml: 6 problems")
                .hasMessageContaining("did you mean \"account\"?")
                .hasMessageContaining("first on line 7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aurora: shop-carts, database: carts, credentials: shop/carts",
                "s3: shop-media",
                "efs: fs-0123456789abcdef0",
                "ebs: vol-0123456789abcdef0"
            })
    void fingerprintIsRefusedWhereNoneCanBeTakenWithWhatIsAllowed(String store) {
        var invalid = refused("""
                environment: prod
                account: "111122223333"
                region: us-east-1
                recoveryRegion: us-west-2
                workloads:
                  shop:
                    tier: critical
                    resources:
                      it: {%s, checks: [{fingerprint: {}}]}
                """.formatted(store));

        assertThat(invalid.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("LB-014", "give exactly one of", "matchesLive")
                        .doesNotContain("fingerprint"));
    }

    private static InvalidEnvironment refused(String yaml) {
        return catchThrowableOfType(InvalidEnvironment.class, () -> EnvironmentFile.parse("prod.yaml", yaml));
    }
}
