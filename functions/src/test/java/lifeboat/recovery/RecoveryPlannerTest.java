package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import lifeboat.aws.Refusals;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Objectives;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;
import lifeboat.parity.Configured;
import lifeboat.parity.Parity;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;

/// What is decided before anything is created.
class RecoveryPlannerTest {
    private static final Settings OF_LIVE = new Settings(Map.of("class", "db.m7g.large"));
    private static final Settings REMEMBERED = new Settings(Map.of("class", "db.t4g.medium"));
    private static final Objectives REGION_LOST = new Objectives(Duration.ofHours(12), Duration.ofHours(4));

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final FakeStore store = new FakeStore(() -> Example.START, Interruption.never());

    @Test
    void onlyWhatIsNamedIsPlanned() {
        var orders = new RecoveryRequest(
                Example.CATALOG, Mode.DRILL, new Target.Latest(), List.of(Example.ORDERS.name()), Optional.empty());

        assertThat(planned(OF_LIVE, false, orders).copies())
                .extracting(entry -> entry.copy().source())
                .containsExactly(Example.ORDERS);
        assertThat(planned(OF_LIVE, false, Example.drill()).copies())
                .extracting(entry -> entry.copy().source())
                .containsExactly(Example.PRODUCTS, Example.ORDERS);
    }

    @Test
    void aCopyOfATimeAfterTheIncidentIsRefusedWhateverChoseIt() {
        Instant restoredTo = Example.START.minusSeconds(300);
        for (Target target :
                List.of(new Target.Latest(), new Target.LatestRecoveryPoint(), new Target.PointInTime(restoredTo))) {
            assertThat(planned(OF_LIVE, false, incident(target, restoredTo, false))
                            .copies())
                    .hasSize(2);
            Recovery refused = planned(OF_LIVE, false, incident(target, restoredTo.minusSeconds(1), false));
            assertThat(refused.copies()).isEmpty();
            assertThat(refused.unplanned())
                    .hasSize(2)
                    .allSatisfy(one -> assertThat(one.why())
                            .startsWith("LB-112")
                            .contains(one.resource() + " would be restored to " + restoredTo)
                            .contains("\"afterIncident\": true"));
            assertThat(planned(OF_LIVE, false, incident(target, restoredTo.minusSeconds(1), true))
                            .copies())
                    .hasSize(2);
        }
    }

    private static RecoveryRequest incident(Target target, Instant incidentAt, boolean afterIncident) {
        return new RecoveryRequest(
                Example.CATALOG, Mode.INCIDENT, target, List.of(), Optional.of(incidentAt), afterIncident);
    }

    @Test
    void settingsAreThoseOfLive() {
        ledger.open(Example.planned(Example.OTHER_ID, Example.request(Mode.DRILL, new Target.LatestRecoveryPoint())));

        Copy copy = firstCopy(planned(OF_LIVE, false, Example.drill()));

        assertThat(copy.settings()).isEqualTo(OF_LIVE);
        assertThat(copy.liveIsGone()).isFalse();
    }

    @Test
    void whereLiveIsGoneTheSettingsAreThoseThatWereCapturedLast() {
        assertThat(firstCopy(planned(Settings.NONE, false, Example.drill())).settings())
                .isEqualTo(Settings.NONE);
        ledger.open(Example.planned(Example.OTHER_ID, Example.request(Mode.DRILL, new Target.LatestRecoveryPoint())));

        Copy copy = firstCopy(planned(Settings.NONE, false, Example.drill()));

        assertThat(copy.settings()).isEqualTo(REMEMBERED);
        assertThat(copy.liveIsGone()).isTrue();
    }

    @Test
    void inAnotherRegionLiveIsNotEvenLookedAt() {
        ledger.open(Example.planned(Example.OTHER_ID, Example.request(Mode.DRILL, new Target.LatestRecoveryPoint())));

        Copy copy = firstCopy(planned(OF_LIVE, true, Example.drill()));

        assertThat(copy.settings()).isEqualTo(REMEMBERED);
        assertThat(copy.liveIsGone()).isTrue();
    }

    @Test
    void inAnotherRegionTheObjectivesAreThoseForALostRegionWhereThereAreSome() {
        Objectives inRegion = Example.environment().workloads().getFirst().objectives();

        assertThat(planned(OF_LIVE, false, Example.drill()).objectives()).isEqualTo(inRegion);
        assertThat(planned(OF_LIVE, true, Example.drill()).objectives()).isEqualTo(REGION_LOST);
        assertThat(planner(Example.environment(), OF_LIVE, true, Running.NOTHING)
                        .plan(Example.drill(), Example.ID, Example.START)
                        .objectives())
                .isEqualTo(inRegion);
    }

    @Test
    void aRecoveryThatNobodyCarriesOutAnyMoreMakesWay() {
        ledger.open(Example.planned(Example.OTHER_ID, Example.drill()));

        Recovery opened = planner(Example.environment(), OF_LIVE, false, Running.NOTHING)
                .open(Example.drill(), Example.ID, Example.ID.value(), Example.START, false);

        assertThat(opened.id()).isEqualTo(Example.ID);
        assertThat(ledger.find(Example.ID)).contains(opened);
    }

    @Test
    void aRecoveryThatIsCarriedOutDoesNot() {
        ledger.open(Example.planned(Example.OTHER_ID, Example.drill()));
        RecoveryPlanner planner = planner(Example.environment(), OF_LIVE, false, Running.EVERYTHING);

        assertThatThrownBy(() -> planner.open(Example.drill(), Example.ID, Example.ID.value(), Example.START, false))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("LB-110")
                .hasMessageContaining(Example.OTHER_ID.value());
        assertThat(ledger.find(Example.ID)).isEmpty();
    }

    @Test
    void aResourceThatCannotBePlannedKeepsNoOtherFromBeingPlanned() {
        Recovery opened = planner(notInStore("LB-203 no recovery point"), Running.NOTHING)
                .open(Example.drill(), Example.ID, Example.ID.value(), Example.START, false);

        assertThat(opened.copies()).extracting(entry -> entry.copy().source()).containsExactly(Example.PRODUCTS);
        assertThat(opened.unplanned())
                .containsExactly(new Unplanned(Example.ORDERS.name(), "LB-203 no recovery point"));
        assertThat(opened.resources()).containsExactly(Example.PRODUCTS.name(), Example.ORDERS.name());
    }

    @Test
    void whatMayPassIsTriedAgainBeforeAResourceIsLeftOut() {
        RecoveryPlanner planner = planner(throttled(), Running.NOTHING);

        assertThatThrownBy(() -> planner.open(Example.drill(), Example.ID, Example.ID.value(), Example.START, false))
                .hasMessage("rate exceeded");
        assertThat(ledger.find(Example.ID)).isEmpty();

        assertThat(planner.open(Example.drill(), Example.ID, Example.ID.value(), Example.START, true)
                        .unplanned())
                .containsExactly(new Unplanned(Example.ORDERS.name(), "rate exceeded"));
    }

    @Test
    void settingsThatCannotBeReadAreAGapAndTheLastKnownTakeTheirPlace() {
        ledger.open(Example.planned(Example.OTHER_ID, Example.request(Mode.DRILL, new Target.LatestRecoveryPoint())));
        Settings half = new Settings(Map.of("tags", "{}"), Map.of("class", "access denied"));

        assertThat(firstCopy(planned(half, false, Example.drill())).settings())
                .isEqualTo(
                        new Settings(Map.of("tags", "{}", "class", "db.t4g.medium"), Map.of("class", "access denied")));

        Parity none = new Parity() {
            @Override
            public Settings capture(Resource resource) {
                throw new IllegalStateException("cannot look");
            }

            @Override
            public Configured apply(Resource resource, CopyName copy, Settings captured, boolean drill) {
                throw new AssertionError("planning changes nothing");
            }
        };
        Copy copy = firstCopy(new RecoveryPlanner(
                        Example.environment(),
                        _ -> new Stores.Store(store, none, store, store),
                        ledger,
                        Running.NOTHING,
                        Refusals::forGood,
                        false)
                .plan(Example.drill(), Example.ID, Example.START));
        assertThat(copy.settings())
                .isEqualTo(new Settings(REMEMBERED.values(), new TreeMap<>(Map.of("all settings", "cannot look"))));
        assertThat(copy.liveIsGone()).isFalse();
    }

    private Stores notInStore(String why) {
        return failing(() -> new Invalid(why.substring(0, 6), why.substring(7)));
    }

    private Stores throttled() {
        return failing(() -> new IllegalStateException("rate exceeded"));
    }

    private Stores failing(Supplier<RuntimeException> failure) {
        return resource -> {
            if (resource.equals(Example.ORDERS)) {
                throw failure.get();
            }
            return new Stores.Store(store, store, store, store);
        };
    }

    private RecoveryPlanner planner(Stores stores, Running executions) {
        return new RecoveryPlanner(Example.environment(), stores, ledger, executions, Refusals::forGood, false);
    }

    private Recovery planned(Settings live, boolean away, RecoveryRequest request) {
        Workload plain = Example.environment().workloads().getFirst();
        Workload workload = new Workload(
                plain.name(),
                plain.tier(),
                plain.objectives(),
                Optional.of(REGION_LOST),
                plain.accountLost(),
                plain.owner(),
                plain.resources(),
                plain.drill(),
                plain.application(),
                plain.accepted());
        return planner(Example.environment(workload), live, away, Running.NOTHING)
                .plan(request, Example.ID, Example.START);
    }

    private RecoveryPlanner planner(Environment environment, Settings live, boolean away, Running executions) {
        Parity parity = new Parity() {
            @Override
            public Settings capture(Resource resource) {
                return live;
            }

            @Override
            public Configured apply(Resource resource, CopyName copy, Settings captured, boolean drill) {
                throw new AssertionError("planning changes nothing");
            }
        };
        return new RecoveryPlanner(
                environment,
                _ -> new Stores.Store(store, parity, store, store),
                ledger,
                executions,
                Refusals::forGood,
                away);
    }

    private static Copy firstCopy(Recovery recovery) {
        return recovery.copies().getFirst().copy();
    }
}
