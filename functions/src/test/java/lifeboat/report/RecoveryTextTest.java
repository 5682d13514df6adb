package lifeboat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Tally;
import lifeboat.integrity.Tally.Kind;
import lifeboat.recovery.Assessor;
import lifeboat.recovery.CopyEvent;
import lifeboat.recovery.Example;
import lifeboat.recovery.InMemoryLedger;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryRequest;
import lifeboat.recovery.Unplanned;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import org.junit.jupiter.api.Test;

/// Letters as they arrive, whole: read them as somebody who was just woken up.
class RecoveryTextTest {
    private static final ResourceName PRODUCTS = Example.PRODUCTS.name();
    private static final ResourceName ORDERS = Example.ORDERS.name();
    private static final Segment STRUCTURE = new Segment("structure");
    private static final Segment SCAN = new Segment("scan 1/1");
    private static final Evidence SOUND_STRUCTURE =
            new Evidence(List.of(new Outcome.Passed("structure as in live", "2 indexes")), Tally.NOTHING, List.of());

    private final InMemoryLedger ledger = new InMemoryLedger();

    @Test
    void aDrillThatMetEverythingSaysSoInTwoLines() {
        recovered(Example.drill(), 600);
        gone();

        assertThat(letter().subject())
                .isEqualTo("[prod] drill of catalog: objectives MET, lost 5m 5s, back in 11m 40s");
        assertThat(letter().body()).isEqualTo("""
                objectives MET, lost 5m 5s, back in 11m 40s

                  recovery      20261120-k3v9x2 (drill)
                  incident at   2026-11-20T10:00:00Z
                  started at    2026-11-20T10:00:00Z
                  objectives    RPO 15m, RTO 1h

                products -> lifeboat-drill-20261120-k3v9x2-products
                  restored to   2026-11-20T09:55:00Z
                  data loss     5m 5s, MET: upper bound, from the newest write in the copy
                  recovery      11m 40s, MET
                  phases        detect 0s, choose 5s, restore 9m 55s (longest), configure 1m, verify 40s
                  integrity     SOUND, 3 checks passed
                    passed       structure as in live: 2 indexes
                    passed       time of the newest write: 2026-11-20T09:54:55Z
                    passed       items >= 1: 10,000 items

                orders -> lifeboat-drill-20261120-k3v9x2-orders
                  restored to   2026-11-20T09:55:00Z
                  data loss     5m, MET: age of the recovery point, not read from the data
                  recovery      11m 40s, MET
                  phases        detect 0s, choose 5s, restore 9m 55s (longest), configure 1m, verify 40s
                  integrity     SOUND, 2 checks passed
                    passed       structure as in live: 2 indexes
                    passed       rows of orders >= 1: 10,000 rows

                What to do next:
                  - nothing: this drill counts towards the SLA of catalog.
                """);
    }

    @Test
    void aResourceOfWhichNoCopyCouldBePlannedIsNamedWithTheReason() {
        Recovery plain = Example.planned();
        ledger.open(new Recovery(
                plain.id(),
                plain.execution(),
                plain.request(),
                plain.objectives(),
                plain.incidentAt(),
                plain.startedAt(),
                List.of(),
                List.of(new Unplanned(ORDERS, "LB-203 resource \"orders\" has no recovery point")),
                Optional.empty()));

        assertThat(letter().subject()).isEqualTo("[prod] drill of catalog: NOT PROVEN: integrity, RPO, RTO");
        assertThat(letter().body()).contains("""
                orders NOT RESTORED
                  because       LB-203 resource "orders" has no recovery point

                What to do next:
                """);
    }

    @Test
    void aDrillThatWasTooSlowNamesThePhaseThatCostsMost() {
        recovered(Example.drill(), 4_000);
        gone();

        assertThat(letter().subject()).isEqualTo("[prod] drill of catalog: MISSED: RTO (took 1h 8m)");
        assertThat(letter().body())
                .contains("  recovery      1h 8m, MISSED by 8m 20s\n")
                .endsWith("""
                        What to do next:
                          - win time where most of it goes: restore of products took 1h 6m.
                        """);
    }

    @Test
    void aCheckThatCouldNotRunIsNotProvenAndACopyLeftBehindIsSaid() {
        recovered(Example.drill(), 600);
        RecoveryRequest request = Example.request(Mode.DRILL, new Target.PointInTime(Example.START));
        Assessor.Judged judged = unreachable(request);
        Letter letter = new RecoveryText(Example.environment(), judged).letter();

        assertThat(letter.subject()).isEqualTo("[prod] drill of catalog: NOT PROVEN: integrity, RPO, RTO");
        assertThat(letter.body())
                .contains("no route to host", "LEFT BEHIND: not removed yet, the hourly sweep tries again")
                .contains("  data loss     UNMEASURED, time of the newest write: ")
                .endsWith("""
                        What to do next:
                          - look after the copies that were left behind: they cost money.
                          - mend what could not be measured, then run it again: nothing is proven until then.
                        """);
        assertThat(letter.body().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void anIncidentSaysWhatToDoWithTheCopies() {
        recovered(Example.request(Mode.INCIDENT, new Target.Latest()), 600);

        assertThat(letter().subject()).startsWith("[prod] incident of catalog: objectives MET");
        assertThat(letter().body())
                .contains("the copy stays until somebody removes it")
                .endsWith("""
                        What to do next:
                          - to keep what was written since, repair only what is damaged. First compare:
                              aws lambda invoke --function-name lifeboat-prod-reconcile answer.json \\
                                --cli-binary-format raw-in-base64-out --payload \\
                                '{"action": "diff", "recovery": "20261120-k3v9x2", "resource": "products"}'
                          - or point the application at the copies. That DROPS what was written to live since:
                              products: lifeboat-restored-20261120-k3v9x2-products, writes after 2026-11-20T09:55:00Z
                              orders: lifeboat-restored-20261120-k3v9x2-orders, writes after 2026-11-20T09:55:00Z
                                its address: aws rds describe-db-instances --db-instance-identifier \\
                                  lifeboat-restored-20261120-k3v9x2-orders
                        """);
    }

    @Test
    void aCopyThatFailedItsChecksIsNotToBeUsed() {
        planned(Example.request(Mode.INCIDENT, new Target.Latest()), 600);
        seen(
                PRODUCTS,
                new Evidence(
                        List.of(new Outcome.Failed("structure as in live", "index byCategory is missing")),
                        Tally.NOTHING,
                        List.of()));
        seen(ORDERS, SOUND_STRUCTURE);

        assertThat(letter().subject()).isEqualTo("[prod] incident of catalog: MISSED: integrity");
        assertThat(letter().body())
                .contains("  integrity     FAILED, structure as in live: index byCategory is missing\n")
                .contains("    FAILED       structure as in live: index byCategory is missing\n")
                .contains("  recovery      UNMEASURED, the copy failed its checks\n")
                .endsWith("""
                        What to do next:
                          - a copy FAILED its checks: do not point the application at it before you know why.
                        """);
    }

    @Test
    void aRecoveryThatWasRefusedIsToldWithItsReason() {
        List<Letter> letters = new ArrayList<>();
        new RecoveryLetters(Example.environment(), letters::add)
                .refused("4d0f7dd8", "{\"workload\":\"shop\"}", "LB-103 workload \"shop\" is not in environment prod");

        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.subject()).isEqualTo("[prod] recovery REFUSED: nothing was restored");
            assertThat(letter.body()).contains("Nothing was created.", "{\"workload\":\"shop\"}", "4d0f7dd8", "LB-103");
        });
    }

    private Letter letter() {
        return new RecoveryText(Example.environment(), new Assessor(ledger, false).judge(Example.ID)).letter();
    }

    private void recovered(RecoveryRequest request, long restored) {
        planned(request, restored);
        seen(PRODUCTS, SOUND_STRUCTURE);
        seen(ORDERS, SOUND_STRUCTURE);
    }

    private void planned(RecoveryRequest request, long restored) {
        ledger.open(Example.planned(Example.ID, request));
        for (ResourceName resource : List.of(PRODUCTS, ORDERS)) {
            record(resource, new CopyEvent.RestoreStarted(new Ticket("native"), at(5)));
            record(resource, new CopyEvent.RestoreCompleted(at(restored), true));
            record(resource, new CopyEvent.Configured(at(restored + 60), List.of()));
            record(resource, new CopyEvent.InspectionPlanned(pieces(resource)));
            record(resource, new CopyEvent.Verified(at(restored + 100)));
        }
    }

    private void seen(ResourceName resource, Evidence structure) {
        Map<Segment, Evidence> evidence = new HashMap<>(Map.of(STRUCTURE, structure));
        if (resource.equals(PRODUCTS)) {
            Tally tally = new Tally(Map.of(Kind.COPY_ROWS, 10_000L), Optional.of(at(-305)), Optional.empty());
            evidence.put(SCAN, new Evidence(List.of(), tally, List.of()));
        } else {
            Outcome rows = new Outcome.Passed("rows of orders >= 1", "10,000 rows");
            evidence.put(Example.ROWS, new Evidence(List.of(rows), Tally.NOTHING, List.of()));
        }
        evidence.forEach((piece, seen) -> ledger.evidence(Example.ID, resource, piece, seen));
    }

    private static List<Segment> pieces(ResourceName resource) {
        return resource.equals(PRODUCTS) ? List.of(STRUCTURE, SCAN) : List.of(STRUCTURE, Example.ROWS);
    }

    private void gone() {
        List.of(PRODUCTS, ORDERS).forEach(resource -> record(resource, new CopyEvent.Gone(at(9_000))));
    }

    private Assessor.Judged unreachable(RecoveryRequest request) {
        InMemoryLedger other = new InMemoryLedger();
        other.open(Example.planned(Example.ID, request));
        for (ResourceName resource : List.of(PRODUCTS, ORDERS)) {
            other.record(Example.ID, resource, new CopyEvent.RestoreStarted(new Ticket("native"), at(5)));
            other.record(Example.ID, resource, new CopyEvent.RestoreCompleted(at(600), true));
            other.record(Example.ID, resource, new CopyEvent.Configured(at(660), List.of("ttl: access denied")));
            other.record(Example.ID, resource, new CopyEvent.InspectionPlanned(pieces(resource)));
            other.record(
                    Example.ID,
                    resource,
                    new CopyEvent.Failed(
                            "check", "java.net.NoRouteToHostException: no route to host when asking for the rows"));
        }
        return new Assessor(other, false).judge(Example.ID);
    }

    private void record(ResourceName resource, CopyEvent event) {
        ledger.record(Example.ID, resource, event);
    }

    private static Instant at(long seconds) {
        return Example.START.plusSeconds(seconds);
    }
}
