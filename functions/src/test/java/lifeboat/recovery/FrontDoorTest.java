package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.aws.Refusals;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.objective.Assessment;
import lifeboat.objective.DataLoss;
import lifeboat.objective.ResourceResult;
import lifeboat.objective.Soundness;
import lifeboat.objective.Timeline;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;

/// What a person calls by hand.
class FrontDoorTest {
    private static final Environment ENVIRONMENT = Example.environment();
    private static final String CALL = "8c1f2f3e-call";

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final List<RecoveryId> started = new ArrayList<>();
    private final Set<String> running = new HashSet<>();
    private final Executions executions = new Executions() {
        @Override
        public void start(RecoveryId id, String request) {
            started.add(id);
        }

        @Override
        public boolean running(String execution) {
            return running.contains(execution);
        }
    };
    private final FrontDoor door = door(new FakeStore(() -> Example.START, Interruption.never()).stores());

    private FrontDoor door(Stores stores) {
        return new FrontDoor(
                new RequestReader(ENVIRONMENT),
                new RecoveryPlanner(ENVIRONMENT, stores, ledger, executions, Refusals::forGood, false),
                ledger,
                executions,
                new Assessor(ledger, false),
                () -> Example.START);
    }

    @Test
    void aDryRunStartsNothing() {
        FrontDoor.About about = door.recover(request().put("dryRun", true), CALL);

        assertThat(about.started()).isFalse();
        assertThat(about.recovery().copies()).hasSize(2);
        assertThat(about.usualTime()).isEmpty();
        assertThat(started).isEmpty();
    }

    @Test
    void thePersonReadsWhetherTheCopiesStay() {
        ObjectNode dry = request().put("dryRun", true);

        assertThat(FrontDoorAnswer.about(door.recover(dry, CALL))
                        .path("copiesAre")
                        .textValue())
                .isEqualTo("DELETED at the end of this drill. To keep them, add \"mode\": \"INCIDENT\"");
        assertThat(FrontDoorAnswer.about(door.recover(dry.put("mode", "incident"), CALL))
                        .path("copiesAre")
                        .textValue())
                .isEqualTo("kept until somebody removes them");
    }

    @Test
    void whatCannotBeRestoredIsSaidAndTheOthersAreRecovered() {
        FrontDoor.About about = door(without(Example.ORDERS)).recover(request().put("dryRun", true), CALL);

        assertThat(about.recovery().copies()).hasSize(1);
        assertThat(FrontDoorAnswer.about(about).path("cannotBeRestored").toString())
                .isEqualTo("[{\"resource\":\"orders\",\"because\":\"LB-203 no recovery point\"}]");
    }

    @Test
    void moreCopiesThanAreRestoredAtOnceComeInWaves() {
        Environment crowd = Example.environment(Example.crowd(5));
        FakeStore store = new FakeStore(() -> Example.START, Interruption.never());
        RecoveryPlanner planner =
                new RecoveryPlanner(crowd, store.stores(), ledger, executions, Refusals::forGood, false);
        FrontDoor.About about = new FrontDoor(
                        new RequestReader(crowd),
                        planner,
                        ledger,
                        executions,
                        new Assessor(ledger, false),
                        () -> Example.START)
                .recover(request().put("workload", "crowd").put("dryRun", true), CALL);

        assertThat(FrontDoorAnswer.about(about).path("waves"))
                .singleElement()
                .satisfies(wave -> assertThat(wave.asText()).isEqualTo("5 tables, 2 restores at a time: 3 waves"));
        assertThat(FrontDoorAnswer.about(door.recover(request().put("dryRun", true), CALL))
                        .has("waves"))
                .isFalse();
    }

    @Test
    void whereNothingCanBeRestoredNothingIsStarted() {
        FrontDoor none = door(without(Example.PRODUCTS, Example.ORDERS));

        assertThatThrownBy(() -> none.recover(request(), CALL))
                .isInstanceOf(Invalid.class)
                .hasMessage(
                        "LB-113 nothing of workload catalog can be restored: products: LB-203 no recovery point; orders: LB-203 no recovery point");
        assertThat(started).isEmpty();
    }

    private static Stores without(Resource... lost) {
        FakeStore store = new FakeStore(() -> Example.START, Interruption.never());
        return resource -> {
            if (List.of(lost).contains(resource)) {
                throw new Invalid("LB-203", "no recovery point");
            }
            return new Stores.Store(store, store, store, store);
        };
    }

    @Test
    void theSameCallStartsTheSameRecovery() {
        FrontDoor.About about = door.recover(request(), CALL);
        door.recover(request(), CALL);
        door.recover(request(), "another call");

        assertThat(about.started()).isTrue();
        assertThat(started.get(0)).isEqualTo(about.recovery().id());
        assertThat(started.get(1)).isEqualTo(started.get(0));
        assertThat(started.get(2)).isNotEqualTo(started.get(0));
    }

    @Test
    void whatIsBeingCarriedOutIsNotStartedAgainButCanBeAskedAbout() {
        ledger.open(Example.planned(Example.OTHER_ID, Example.drill()));
        running.add(Example.OTHER_ID.value());

        assertThatThrownBy(() -> door.recover(request(), CALL))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("LB-110")
                .hasMessageContaining(Example.OTHER_ID.value());
        assertThat(started).isEmpty();
        assertThat(door.recover(request().put("dryRun", true), CALL).started()).isFalse();
    }

    @Test
    void aCallThatIsDeliveredAgainWhileItsRecoveryRunsIsNoOther() {
        RecoveryId id = door.recover(request(), CALL).recovery().id();
        ledger.open(Example.planned(id, Example.drill()));
        running.add(id.value());

        assertThat(door.recover(request(), CALL).recovery().id()).isEqualTo(id);
    }

    @Test
    void whatNobodyCarriesOutAnyMoreStandsInNobodysWay() {
        ledger.open(Example.planned(Example.OTHER_ID, Example.drill()));

        assertThat(door.recover(request(), CALL).started()).isTrue();
    }

    @Test
    void itUsuallyTakesAsLongAsTheMiddleOneOfTheRecoveriesThatWereMeasured() {
        took("20261120-aaaaa1", 1, Optional.of(Duration.ofMinutes(10)));
        took("20261120-aaaaa2", 2, Optional.of(Duration.ofHours(9)));
        took("20261120-aaaaa3", 3, Optional.empty());
        took("20261120-aaaaa4", 4, Optional.of(Duration.ofMinutes(20)));

        assertThat(door.recover(request().put("dryRun", true), CALL).usualTime())
                .contains(Duration.ofMinutes(20));
    }

    private void took(String name, int number, Optional<Duration> time) {
        RecoveryId id = new RecoveryId(name);
        Instant at = Example.START.minusSeconds(86_400L * number);
        Recovery recovery =
                Example.planned(id, Example.request(Mode.DRILL, new Target.PointInTime(at)), at, Example.PRODUCTS);
        ledger.open(recovery);
        Optional<Instant> end = time.map(at::plus);
        Soundness soundness =
                end.isPresent() ? new Soundness.Sound(1) : new Soundness.Unproven(List.of("no check ran"));
        ledger.close(
                id,
                new Assessment(
                        recovery.objectives(),
                        List.of(ResourceResult.judged(
                                Example.PRODUCTS.name(),
                                at,
                                new DataLoss.FromCopy(Duration.ZERO),
                                new Timeline(at, at, end, end, end, end, end),
                                soundness,
                                recovery.objectives()))),
                at.plus(Duration.ofHours(10)));
    }

    private static ObjectNode request() {
        return JsonNodeFactory.instance.objectNode().put("workload", "catalog");
    }
}
