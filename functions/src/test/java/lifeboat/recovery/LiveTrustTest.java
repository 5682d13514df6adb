package lifeboat.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Inspections;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.integrity.Tally;
import lifeboat.integrity.Tally.Kind;
import lifeboat.objective.DataLoss;
import lifeboat.objective.Soundness;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;

/// How far live is believed, in what a copy is inspected for and in what its data loss rests on.
class LiveTrustTest {
    private static final Instant POINT = Example.START.minusSeconds(300);
    private static final Segment SCAN = new Segment("scan 1/1");
    private static final Segment STRUCTURE = new Segment("structure");
    private static final RecoveryRequest TOLD_OF_AN_INCIDENT = new RecoveryRequest(
            Example.CATALOG, Mode.DRILL, new Target.Latest(), List.of(), Optional.of(Example.START.minusSeconds(60)));

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final List<Subject> inspected = new ArrayList<>();

    @Test
    void aDrillOnHealthyDataTrustsLive() {
        assertThat(trust(Example.drill(), false, false)).isEqualTo(LiveTrust.TRUSTED);
    }

    @Test
    void anIncidentDoesNotNorDoesADrillThatWasToldOfOne() {
        assertThat(trust(Example.request(Mode.INCIDENT, new Target.Latest()), false, false))
                .isEqualTo(LiveTrust.SUSPECT);
        assertThat(trust(TOLD_OF_AN_INCIDENT, false, false)).isEqualTo(LiveTrust.SUSPECT);
    }

    @Test
    void whereTheRegionOrTheResourceIsGoneThereIsNoLive() {
        for (RecoveryRequest request : List.of(Example.drill(), TOLD_OF_AN_INCIDENT)) {
            assertThat(trust(request, true, false)).isEqualTo(LiveTrust.ABSENT);
            assertThat(trust(request, false, true)).isEqualTo(LiveTrust.ABSENT);
        }
    }

    @Test
    void dataLossIsExactOnlyAgainstALiveThatIsThereAndWasReadWhole() {
        DataLoss fromCopy = new DataLoss.FromCopy(Duration.ofSeconds(310));

        assertThat(loss(false, false, true)).isEqualTo(new DataLoss.Exact(Duration.ofSeconds(290), 7));
        assertThat(loss(true, false, true)).isEqualTo(fromCopy);
        assertThat(loss(false, true, true)).isEqualTo(fromCopy);
        assertThat(loss(false, false, false)).isInstanceOf(DataLoss.Unknown.class);
    }

    /// An empty copy has the structure of live, and in an incident live is what may be damaged.
    @Test
    void theRightStructureAloneProvesNoCopySound() {
        Resource unchecked =
                new Resource.DynamoDbTable(Example.PRODUCTS.name(), "techmoda-products", Optional.empty(), List.of());
        Recovery recovery = Example.planned(Example.ID, Example.drill(), Example.START, unchecked);
        Map<Segment, Evidence> evidence = Map.of(SCAN, scan(), STRUCTURE, structure());

        CopyResult result =
                CopyResult.of(recovery, entry(recovery, Optional.empty()), evidence, false, recovery.objectives());

        assertThat(result.result().soundness())
                .isEqualTo(new Soundness.Unproven(List.of(
                        "nothing passed that looks at the content. hint: give the resource a check of its content")));
    }

    @Test
    void aFailureThatTheChecksTellThemselvesIsToldOnce() {
        Recovery recovery = recovery(Example.drill(), false);
        CopyEntry entry = entry(recovery, Optional.of(new CopyEntry.Failure("check", "cannot connect")));

        CopyResult result = CopyResult.of(recovery, entry, Map.of(SCAN, scan()), false, recovery.objectives());

        assertThat(result.result().soundness())
                .isEqualTo(new Soundness.Unproven(
                        List.of("structure as in live: 1 of 1 pieces without evidence: structure: cannot connect")));
    }

    private LiveTrust trust(RecoveryRequest request, boolean regionLost, boolean gone) {
        RecoveryId id = new RecoveryId("20261120-%06d".formatted(inspected.size()));
        Recovery planned = recovery(id, request, gone);
        ledger.open(planned);
        ledger.release(request, id);
        FakeStore store = new FakeStore(() -> Example.START, Interruption.never());
        Inspections inspections = new Inspections() {
            @Override
            public List<Segment> plan(Subject subject) {
                inspected.add(subject);
                return List.of(STRUCTURE);
            }

            @Override
            public Evidence inspect(Subject subject, Segment segment) {
                throw new AssertionError("only planned here");
            }
        };
        new Inspector(
                        _ -> new Stores.Store(store, store, inspections, store),
                        ledger,
                        NothingRecorded.contents(),
                        () -> Example.START,
                        regionLost,
                        Example.environment().contacts())
                .plan(id, Example.PRODUCTS.name());
        return inspected.getLast().trust();
    }

    private static DataLoss loss(boolean regionLost, boolean gone, boolean whole) {
        Recovery recovery = recovery(Example.drill(), gone);
        Map<Segment, Evidence> evidence = whole ? Map.of(SCAN, scan(), STRUCTURE, structure()) : Map.of();
        return CopyResult.of(recovery, entry(recovery, Optional.empty()), evidence, regionLost, recovery.objectives())
                .result()
                .loss();
    }

    private static Evidence scan() {
        Tally seen = new Tally(
                Map.of(Kind.COPY_ROWS, 5L, Kind.LIVE_ROWS, 5L, Kind.LOST_WRITES, 7L),
                Optional.of(POINT.minusSeconds(10)),
                Optional.of(Example.START.minusSeconds(20)));
        return new Evidence(List.of(), seen, List.of());
    }

    private static Evidence structure() {
        return new Evidence(List.of(new Outcome.Passed("structure as in live", "1 index")), Tally.NOTHING, List.of());
    }

    private static Recovery recovery(RecoveryRequest request, boolean gone) {
        return recovery(Example.ID, request, gone);
    }

    private static Recovery recovery(RecoveryId id, RecoveryRequest request, boolean gone) {
        Recovery plain = Example.planned(id, request, Example.START, Example.PRODUCTS);
        Copy copy = plain.copies().getFirst().copy();
        return new Recovery(
                id,
                id.value(),
                request,
                plain.objectives(),
                plain.incidentAt(),
                plain.startedAt(),
                List.of(CopyEntry.planned(new Copy(copy.source(), copy.name(), copy.point(), copy.settings(), gone))),
                Optional.empty());
    }

    private static CopyEntry entry(Recovery recovery, Optional<CopyEntry.Failure> failure) {
        Optional<Instant> end = Optional.of(Example.START.plusSeconds(60));
        return new CopyEntry(
                recovery.copies().getFirst().copy(),
                Optional.empty(),
                Optional.empty(),
                end,
                end,
                true,
                end,
                List.of(),
                List.of(STRUCTURE, SCAN),
                failure.isPresent() ? Optional.empty() : end,
                failure,
                CopyEntry.Remains.OPEN);
    }
}
