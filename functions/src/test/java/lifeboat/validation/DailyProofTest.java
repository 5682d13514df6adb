package lifeboat.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Resource;
import lifeboat.catalog.WorkloadName;
import lifeboat.report.Letter;
import lifeboat.report.ValidationLetters;
import lifeboat.validation.Looked.Seen;
import lifeboat.validation.Looked.Unseen;
import org.junit.jupiter.api.Test;

class DailyProofTest {
    private static final Instant NOW = Instant.parse("2026-11-20T05:00:00Z");
    private static final Environment ENVIRONMENT = EnvironmentFile.parse("test.yaml", """
            environment: test
            account: "111122223333"
            region: us-east-1
            recoveryRegion: us-west-2
            vaultLock: {mode: governance, minRetention: 7d}
            schedules: {daily: {cron: "cron(0 1 * * ? *)", deleteAfter: 30d, copy: false}}
            workloads:
              one: {tier: standard, resources: {a: {efs: fs-00000001}}}
              two: {tier: standard, resources: {b: {efs: fs-00000002}}}
            """);

    private final Map<String, Validations.Entry> recorded = new TreeMap<>();
    private final List<Letter> letters = new ArrayList<>();
    private final List<String> present = new ArrayList<>(List.of("fs-00000001", "fs-00000002"));
    private boolean away;

    @Test
    void provenDayIsWrittenDownAndNobodyIsTold() {
        assertThat(prove().isProven()).isTrue();

        assertThat(recorded.keySet()).containsExactly("one", "two");
        assertThat(recorded.get("one")).isEqualTo(new Validations.Entry(NOW, 6, List.of(), List.of()));
        assertThat(letters).isEmpty();
    }

    @Test
    void failureIsWrittenDownWithItsWorkloadAlone() {
        present.remove("fs-00000002");

        prove();

        assertThat(recorded.get("one").failures()).isEmpty();
        assertThat(recorded.get("two").failures())
                .singleElement()
                .asString()
                .startsWith("two/b, backup: no complete recovery point of rule \"daily\"")
                .contains("hint: look into the jobs of fs-00000002");
    }

    @Test
    void failureAndGapAreTold() {
        present.remove("fs-00000002");
        away = true;

        prove();

        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.subject()).isEqualTo("[test] backups NOT PROVEN: 1 failed, 2 not looked at");
            assertThat(letter.body())
                    .contains(
                            "two/b, backup",
                            "environment, vault lock: could not be looked at: vault in us-west-2: away");
        });
        assertThat(recorded.get("one").gaps()).hasSize(1);
    }

    private Validation prove() {
        var validator = new Validator(
                ENVIRONMENT,
                Resource::physicalName,
                new Fake(false),
                new Fake(away),
                Optional.empty(),
                (since, each) -> new Seen<>(0L),
                live -> {
                    throw new AssertionError("nobody asked for a log of " + live);
                },
                secret -> {
                    throw new AssertionError("nobody logs in with " + secret);
                });
        return new DailyProof(ENVIRONMENT, validator, new Recorded(), new ValidationLetters(ENVIRONMENT, letters::add))
                .prove(NOW);
    }

    private final class Fake implements Vault {
        private final boolean out;

        Fake(boolean out) {
            this.out = out;
        }

        @Override
        public Looked<VaultFacts> settings() {
            return out
                    ? new Unseen<>("away")
                    : new Seen<>(new VaultFacts(
                            true,
                            Optional.of(Duration.ofDays(7)),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("key"),
                            0));
        }

        @Override
        public Looked<Long> points(Instant from, Instant until, Consumer<PointFacts> each) {
            present.forEach(arn -> each.accept(new PointFacts(
                    arn,
                    arn,
                    NOW.minusSeconds(3 * 3600),
                    PointFacts.State.COMPLETE,
                    true,
                    "",
                    Optional.of(new PointFacts.Maker("lifeboat-test-plan", "daily")),
                    Optional.of(Duration.ofDays(30)),
                    Optional.empty(),
                    Optional.of("key"))));
            return new Seen<>((long) present.size());
        }

        @Override
        public Looked<Optional<PointFacts>> continuous(String resourceArn) {
            return new Seen<>(Optional.empty());
        }
    }

    private final class Recorded implements Validations {
        @Override
        public void record(WorkloadName workload, Entry entry) {
            recorded.put(workload.value(), entry);
        }

        @Override
        public Optional<Entry> newest(WorkloadName workload, Instant until) {
            return Optional.ofNullable(recorded.get(workload.value()));
        }

        @Override
        public List<Entry> within(WorkloadName workload, Instant from, Instant until) {
            return newest(workload, until).stream().toList();
        }
    }
}
