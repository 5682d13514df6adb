package lifeboat.recovery;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import lifeboat.catalog.Check;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Objectives;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.Workload;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.ContentReader;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.PartialContent;
import lifeboat.integrity.RecordedContents;
import lifeboat.integrity.RowDigest;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Subject;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.integrity.TableContent;
import lifeboat.integrity.Tally;
import lifeboat.objective.Assessment;
import lifeboat.objective.DataLoss;
import lifeboat.objective.ResourceResult;
import lifeboat.objective.Soundness;
import lifeboat.objective.Standing;
import lifeboat.objective.Timeline;
import lifeboat.parity.Settings;
import lifeboat.recording.InMemoryRecords;
import lifeboat.recording.NoFiles;
import lifeboat.recovery.RecoveryLedger.OpenCopy;
import lifeboat.restore.CopyName;
import lifeboat.restore.RecoveryPointArn;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Target;
import lifeboat.restore.Ticket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every ledger promises, whatever it is kept in.
public abstract class RecoveryLedgerContractTest {
    private static final ResourceName PRODUCTS = Example.PRODUCTS.name();
    private static final ResourceName ORDERS = Example.ORDERS.name();
    private static final Instant LATER = Example.START.plusSeconds(60);
    private static final Instant MUCH_LATER = Example.START.plusSeconds(6000);
    private static final Segment STRUCTURE = new Segment("structure");
    private static final Segment SCAN = new Segment("scan 1/2");

    private RecoveryLedger ledger;

    /// A ledger that holds nothing, in an environment.
    protected abstract RecoveryLedger empty(Environment environment);

    @BeforeEach
    void nothingIsWrittenYet() {
        ledger = empty(Example.environment());
    }

    @Test
    void whatWasOpenedIsFoundAsItWas() {
        Recovery planned = Example.planned();

        assertThat(ledger.open(planned)).isEqualTo(planned);
        assertThat(ledger.find(planned.id())).hasValueSatisfying(found -> assertSame(found, planned));
    }

    @Test
    void everyFieldOfARequestIsFoundAgain() {
        RecoveryPointArn arn = new RecoveryPointArn("arn:aws:backup:us-east-1:111122223333:recovery-point:1a2b");
        List<Target> targets = List.of(
                new Target.Latest(),
                new Target.LatestRecoveryPoint(),
                new Target.PointInTime(Example.START.minusNanos(1)),
                new Target.FromRecoveryPoint(arn));
        for (int number = 0; number < targets.size(); number++) {
            RecoveryRequest request = new RecoveryRequest(
                    Example.CATALOG,
                    Mode.INCIDENT,
                    targets.get(number),
                    List.of(PRODUCTS),
                    Optional.of(Example.START.minusMillis(1)));
            Recovery planned = Example.planned(
                    new RecoveryId("20261120-aaaaa" + number), request, Example.START, Example.PRODUCTS);

            ledger.open(planned);

            assertThat(ledger.find(planned.id())).hasValueSatisfying(found -> assertSame(found, planned));
        }
    }

    @Test
    void aCopyFromARecoveryPointAndTheNameOfItsExecutionAndItsObjectivesAreFoundAgain() {
        Copy copy = new Copy(
                Example.PRODUCTS,
                Mode.DRILL.copyOf(Example.ID, PRODUCTS),
                new RestorePoint.Snapshot(
                        new RecoveryPointArn("arn:aws:backup:us-east-1:111122223333:recovery-point:1a2b"),
                        Example.START.minusSeconds(3600)),
                Settings.NONE);
        Recovery planned = new Recovery(
                Example.ID,
                "4d0f7dd8-51ad-4d79-a4a4-a8d3b6e4ec02",
                Example.drill(),
                new Objectives(Duration.ofSeconds(90), Duration.ofHours(36)),
                Example.START,
                Example.START,
                List.of(CopyEntry.planned(copy)),
                Optional.empty());

        ledger.open(planned);

        assertThat(ledger.find(Example.ID)).contains(planned);
    }

    @Test
    void aCopyFromABackupOutsideTheVaultIsFoundAgain() {
        Copy copy = new Copy(
                Example.PRODUCTS,
                Mode.DRILL.copyOf(Example.ID, PRODUCTS),
                new RestorePoint.ServiceBackup(
                        new RecoveryPointArn(
                                "arn:aws:dynamodb:us-east-1:111122223333:table/techmoda-products/backup/01-0a"),
                        Example.START.minusSeconds(60)),
                Settings.NONE,
                true);
        Recovery planned = new Recovery(
                Example.ID,
                Example.ID.value(),
                Example.drill(),
                new Objectives(Duration.ofSeconds(90), Duration.ofHours(36)),
                Example.START,
                Example.START,
                List.of(CopyEntry.planned(copy)),
                Optional.empty());

        ledger.open(planned);

        assertThat(ledger.find(Example.ID)).contains(planned);
    }

    @Test
    void aRestoreThatIsBegunAgainHasTheLatestTicket() {
        ledger.open(Example.planned());
        Ticket first = new Ticket("job:11aa-22");
        Ticket second = new Ticket("job:33bb-44");
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreStarted(first, Example.START));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreRepeated(first, second));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreRepeated(second, new Ticket("job:55")));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreRepeated(first, second));

        assertThat(ledger.find(Example.ID)
                        .orElseThrow()
                        .copy(PRODUCTS)
                        .orElseThrow()
                        .ticket())
                .contains(new Ticket("job:55"));
    }

    @Test
    void aRecoveryThatWasNeverOpenedIsNotFound() {
        assertThat(ledger.find(Example.ID)).isEmpty();
    }

    @Test
    void openingTheSameRecoveryAgainAnswersTheFirstPlanAndWritesNothing() {
        ledger.open(Example.planned());
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreStarted(new Ticket("native"), LATER));
        Recovery second = Example.planned(Example.ID, Example.drill(), LATER, Example.PRODUCTS);

        Recovery answered = ledger.open(second);

        assertThat(answered.startedAt()).isEqualTo(Example.START);
        assertThat(answered.copies()).hasSize(2);
        assertThat(copy(PRODUCTS).ticket()).contains(new Ticket("native"));
    }

    @Test
    void theSameRequestIsNotCarriedOutTwiceAtATime() {
        ledger.open(Example.planned());

        assertThatThrownBy(() -> ledger.open(Example.planned(Example.OTHER_ID, Example.drill())))
                .hasMessageStartingWith("LB-110")
                .hasMessageContaining("\"20261120-k3v9x2\"");
        assertThat(ledger.find(Example.OTHER_ID)).isEmpty();
    }

    @Test
    void aToldIncidentMakesNoOtherRequest() {
        ledger.open(Example.planned());
        RecoveryRequest told = new RecoveryRequest(
                Example.CATALOG, Mode.DRILL, new Target.Latest(), List.of(), Optional.of(Example.START));

        assertThatThrownBy(() -> ledger.open(Example.planned(Example.OTHER_ID, told)))
                .hasMessageStartingWith("LB-110");
    }

    @Test
    void anotherModePointOrResourceIsAnotherRequest() {
        ledger.open(Example.planned());

        List<RecoveryRequest> others = List.of(
                Example.request(Mode.INCIDENT, new Target.Latest()),
                Example.request(Mode.DRILL, new Target.LatestRecoveryPoint()),
                Example.request(Mode.DRILL, new Target.PointInTime(Example.START)),
                Example.request(Mode.DRILL, new Target.PointInTime(Example.START.minusSeconds(1))),
                new RecoveryRequest(
                        Example.CATALOG, Mode.DRILL, new Target.Latest(), List.of(ORDERS), Optional.empty()));
        for (int number = 0; number < others.size(); number++) {
            RecoveryId id = new RecoveryId("20261120-aaaaa" + number);
            assertThat(ledger.open(Example.planned(id, others.get(number))).id())
                    .isEqualTo(id);
        }
    }

    @Test
    void aClosedRecoveryLetsTheSameRequestRunAgain() {
        ledger.open(Example.planned());
        assertThat(ledger.underway(Example.drill(), LATER)).contains(Example.ID);
        ledger.close(Example.ID, nothingMeasured(), LATER);

        assertThat(ledger.underway(Example.drill(), LATER)).isEmpty();
        assertThat(ledger.open(Example.planned(Example.OTHER_ID, Example.drill()))
                        .id())
                .isEqualTo(Example.OTHER_ID);
    }

    @Test
    void closingAgainDoesNotReleaseTheLockOfTheNext() {
        ledger.open(Example.planned());
        ledger.close(Example.ID, nothingMeasured(), LATER);
        ledger.open(Example.planned(Example.OTHER_ID, Example.drill()));

        ledger.close(Example.ID, nothingMeasured(), MUCH_LATER);

        assertThatThrownBy(() -> ledger.open(Example.planned(new RecoveryId("20261120-bbbbbb"), Example.drill())))
                .hasMessageStartingWith("LB-110")
                .hasMessageContaining("\"20261120-aaaaaa\"");
    }

    @Test
    void aLockThatADeadExecutionLeftBehindExpires() {
        ledger.open(Example.planned());
        Instant afterAWeek = Example.START.plus(Duration.ofDays(7)).plusSeconds(1);

        Recovery next = Example.planned(Example.OTHER_ID, Example.drill(), afterAWeek, Example.PRODUCTS);

        assertThat(ledger.underway(Example.drill(), afterAWeek.minusSeconds(1))).contains(Example.ID);
        assertThat(ledger.underway(Example.drill(), afterAWeek)).isEmpty();
        assertThat(ledger.open(next).id()).isEqualTo(Example.OTHER_ID);
    }

    @Test
    void everyEventIsFoundInTheCopyAndNowhereElse() {
        ledger.open(Example.planned());

        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreStarted(new Ticket("job:1"), at(1)));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreCompleted(at(2), true));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.Configured(at(3), List.of("ttl: access denied")));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.InspectionPlanned(List.of(STRUCTURE, SCAN)));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.Verified(at(4)));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.Failed("check", "no route to host"));

        assertThat(copy(PRODUCTS))
                .isEqualTo(new CopyEntry(
                        Example.copy(Example.ID, Mode.DRILL, Example.PRODUCTS),
                        Optional.empty(),
                        Optional.of(new Ticket("job:1")),
                        Optional.of(at(1)),
                        Optional.of(at(2)),
                        true,
                        Optional.of(at(3)),
                        List.of("ttl: access denied"),
                        List.of(STRUCTURE, SCAN),
                        Optional.of(at(4)),
                        Optional.of(new CopyEntry.Failure("check", "no route to host")),
                        CopyEntry.Remains.OPEN));
        assertThat(copy(ORDERS)).isEqualTo(CopyEntry.planned(Example.copy(Example.ID, Mode.DRILL, Example.ORDERS)));
    }

    @Test
    void ofTwoEventsOfAKindTheFirstCounts() {
        ledger.open(Example.planned());
        List<CopyEvent> first = List.of(
                new CopyEvent.RestoreStarted(new Ticket("first"), at(1)),
                new CopyEvent.RestoreCompleted(at(2), false),
                new CopyEvent.Configured(at(3), List.of()),
                new CopyEvent.InspectionPlanned(List.of(STRUCTURE)),
                new CopyEvent.Verified(at(4)),
                new CopyEvent.Failed("status", "first"),
                new CopyEvent.Gone(at(5)));
        first.forEach(event -> ledger.record(Example.ID, PRODUCTS, event));
        CopyEntry afterTheFirst = copy(PRODUCTS);

        List<CopyEvent> second = List.of(
                new CopyEvent.RestoreStarted(new Ticket("second"), at(11)),
                new CopyEvent.RestoreCompleted(at(12), true),
                new CopyEvent.Configured(at(13), List.of("ttl")),
                new CopyEvent.InspectionPlanned(List.of(SCAN)),
                new CopyEvent.Verified(at(14)),
                new CopyEvent.Failed("check", "second"),
                new CopyEvent.Gone(at(15)));
        second.forEach(event -> ledger.record(Example.ID, PRODUCTS, event));

        assertThat(copy(PRODUCTS)).isEqualTo(afterTheFirst);
    }

    @Test
    void whatARestoreWaitsForIsFoundUntilItIsStarted() {
        ledger.open(Example.planned());
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.Waiting("first"));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.Waiting("second"));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.RestoreStarted(new Ticket("job:1"), at(1)));
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.Waiting("late"));

        assertThat(copy(PRODUCTS).waitingFor()).contains("second");
        assertThat(copy(PRODUCTS).restoreStartedAt()).contains(at(1));
    }

    @Test
    void whatCouldNotBePlannedAndSettingsThatCouldNotBeReadAreFoundAgain() {
        Recovery plain = Example.planned();
        Copy copy = plain.copies().getFirst().copy();
        Settings half = new Settings(Map.of("class", "x"), Map.of("alarms", "access denied"));
        Recovery planned = new Recovery(
                plain.id(),
                plain.execution(),
                plain.request(),
                plain.objectives(),
                plain.incidentAt(),
                plain.startedAt(),
                List.of(CopyEntry.planned(new Copy(copy.source(), copy.name(), copy.point(), half))),
                List.of(new Unplanned(ORDERS, "LB-203 no recovery point")),
                Optional.empty());

        ledger.open(planned);

        assertThat(ledger.find(planned.id())).contains(planned);
        assertThat(ledger.history(Example.CATALOG, 1).getFirst().resources()).containsExactly(PRODUCTS, ORDERS);
    }

    @Test
    void aRecoveryOfWhichNothingCouldBePlannedIsOpenedAndClosed() {
        Recovery plain = Example.planned();
        ledger.open(new Recovery(
                plain.id(),
                plain.execution(),
                plain.request(),
                plain.objectives(),
                plain.incidentAt(),
                plain.startedAt(),
                List.of(),
                List.of(new Unplanned(PRODUCTS, "gone"), new Unplanned(ORDERS, "gone")),
                Optional.empty()));

        Assessor.Judged judged = new Assessor(ledger, false).judge(plain.id());

        assertThat(judged.assessment().standing()).isEqualTo(Standing.UNMEASURED);
        assertThat(judged.assessment().resources()).hasSize(2);
        assertThat(ledger.close(plain.id(), judged.assessment(), LATER)).isTrue();
        assertThat(ledger.closed(plain.id()).orElseThrow().json()).contains("\"restoredTo\":\"NOTHING\"");
    }

    @Test
    void aCopyThatIsKeptOrGoneSaysSo() {
        ledger.open(Example.planned());
        ledger.record(Example.ID, PRODUCTS, new CopyEvent.Kept("not provably ours"));
        ledger.record(Example.ID, ORDERS, new CopyEvent.Gone(LATER));

        assertThat(copy(PRODUCTS).remains()).isEqualTo(CopyEntry.Remains.KEPT);
        assertThat(copy(ORDERS).remains()).isEqualTo(CopyEntry.Remains.GONE);
    }

    @Test
    void anEventOfSomethingThatWasNeverPlannedIsABug() {
        ledger.open(Example.planned());

        assertThatThrownBy(() -> ledger.record(Example.OTHER_ID, PRODUCTS, new CopyEvent.Verified(LATER)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ledger.record(Example.ID, new ResourceName("users"), new CopyEvent.Verified(LATER)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void evidenceIsFoundAsItWasSeen() {
        ledger.open(Example.planned());
        Map<Tally.Kind, Long> everyCount =
                Arrays.stream(Tally.Kind.values()).collect(toMap(Function.identity(), kind -> kind.ordinal() + 1L));
        Evidence evidence = new Evidence(
                List.of(
                        new Outcome.Passed("items >= 1", "10 items"),
                        new Outcome.Failed("structure", "\"quoted\", \u00e9 and\nnewline"),
                        new Outcome.Inconclusive("sql", "cannot connect"),
                        new Outcome.Observed("content", "differs")),
                new Tally(everyCount, Optional.of(at(7).plusNanos(123)), Optional.of(at(8))),
                List.of("{\"id\": 1}"));

        ledger.evidence(Example.ID, PRODUCTS, STRUCTURE, evidence);
        ledger.evidence(Example.ID, PRODUCTS, SCAN, nothingSeen());

        assertThat(ledger.evidence(Example.ID, PRODUCTS)).isEqualTo(Map.of(STRUCTURE, evidence, SCAN, nothingSeen()));
        assertThat(ledger.evidence(Example.ID, ORDERS)).isEmpty();
    }

    @Test
    void contentOfTheLargestPieceFitsIntoOneItem() {
        ledger.open(Example.planned());
        var random = new Random(20261128);
        var before = new TableContent.Rows(Optional.empty());
        var now = new TableContent.Rows(Optional.of(new TableContent.Since(at(3), at(9))));
        for (var i = 0; i < 400_000; i++) {
            before.add(new RowDigest(random.nextLong(), random.nextLong(), Optional.of(at(1))));
            now.add(new RowDigest(random.nextLong(), random.nextLong(), Optional.of(at(i % 2 == 0 ? 1 : 5))));
        }
        var live = new Resource.DynamoDbTable(
                PRODUCTS,
                "techmoda-products",
                Optional.empty(),
                List.of(new Check.Fingerprint(Optional.of("updatedAt"))));
        var recorded = new InMemoryRecords();
        recorded.record(Example.CATALOG, PRODUCTS, before.content("techmoda-products", "rule", at(0), at(0)));
        var evidence = new RecordedContents(
                        new OnePiece(now.content("techmoda-products", "rule", at(9), at(9))), recorded, new NoFiles())
                .inspect(
                        Example.CATALOG,
                        new Subject(live, new CopyName("lifeboat-drill-1-products"), at(9), at(9), LiveTrust.ABSENT),
                        new Segment("fingerprint 1/100 scan 1/100 by 1"));
        var piece = new Segment("fingerprint 1/100 scan 1/100 by 1");
        ledger.evidence(Example.ID, PRODUCTS, piece, evidence);

        assertThat(evidence.content()).isPresent();
        assertThat(ledger.evidence(Example.ID, PRODUCTS)).containsEntry(piece, evidence);
    }

    private record OnePiece(TableContent content) implements ContentReader {
        @Override
        public List<ContentPiece> pieces(Resource resource, String physicalName) {
            throw new AssertionError("planned already");
        }

        @Override
        public TableContent read(
                Resource resource,
                String physicalName,
                ContentPiece piece,
                Optional<String> explainedBy,
                Optional<TableContent.Since> since) {
            return content;
        }

        @Override
        public String table(Resource resource, ContentPiece piece) {
            return content.table();
        }
    }

    @Test
    void contentOfAPieceIsFoundAsItWasRead() {
        ledger.open(Example.planned());
        var rows = new TableContent.Rows(Optional.of(new TableContent.Since(at(3), at(9))));
        rows.add(new RowDigest(1, 2, Optional.of(at(2).plusNanos(1_000))));
        rows.add(new RowDigest(-3, 4, Optional.of(at(7))));
        rows.add(new RowDigest(5, 6, Optional.empty()));
        var copy = rows.content("public.\"lines\"", "rule \u00e9", at(1), at(2));
        var recorded = new TableContent.Rows(Optional.empty()).content("public.\"lines\"", "rule \u00e9", at(0), at(0));
        for (var content :
                List.of(new PartialContent(copy, Optional.of(recorded)), new PartialContent(copy, Optional.empty()))) {
            var piece = Segment.of("fingerprint", content.recorded().isPresent() ? "1/2 a" : "2/2 b");
            var evidence = new Evidence(List.of(), Tally.NOTHING, List.of(), Optional.of(content), Optional.of(at(7)));
            ledger.evidence(Example.ID, PRODUCTS, piece, evidence);

            assertThat(ledger.evidence(Example.ID, PRODUCTS)).containsEntry(piece, evidence);
        }
    }

    @Test
    void theFirstEvidenceCounts() {
        ledger.open(Example.planned());
        Evidence second = new Evidence(List.of(new Outcome.Passed("items", "1")), Tally.NOTHING, List.of());

        ledger.evidence(Example.ID, PRODUCTS, STRUCTURE, nothingSeen());
        ledger.evidence(Example.ID, PRODUCTS, STRUCTURE, second);

        assertThat(ledger.evidence(Example.ID, PRODUCTS)).containsEntry(STRUCTURE, nothingSeen());
    }

    @Test
    void whatIsNotClosedIsLeftOpenDrillAndIncidentAlike() {
        ledger.open(Example.planned());
        ledger.open(Example.planned(
                Example.OTHER_ID, Example.request(Mode.INCIDENT, new Target.Latest()), LATER, Example.PRODUCTS));

        assertThat(ledger.leftOpen(Example.START)).isEmpty();
        assertThat(ledger.leftOpen(LATER)).containsExactly(Example.ID);
        assertThat(ledger.leftOpen(MUCH_LATER)).containsExactly(Example.ID, Example.OTHER_ID);

        ledger.close(Example.ID, nothingMeasured(), LATER);

        assertThat(ledger.leftOpen(MUCH_LATER)).containsExactly(Example.OTHER_ID);
    }

    @Test
    void aRecoveryOfTheMostResourcesOpens() {
        List<Resource> most = java.util.stream.IntStream.rangeClosed(1, Workload.MOST_RESOURCES)
                .<Resource>mapToObj(number -> new Resource.DynamoDbTable(
                        new ResourceName("t" + number), "table-" + number, Optional.empty(), List.of()))
                .toList();

        Recovery planned = Example.planned(Example.ID, Example.drill(), Example.START, most.toArray(Resource[]::new));

        assertThat(ledger.open(planned).copies()).hasSize(Workload.MOST_RESOURCES);
    }

    @Test
    void aRecoveryIsClosedOnceAndKeepsTheFirstResult() {
        ledger.open(Example.planned());

        assertThat(ledger.close(Example.ID, measured(Duration.ofMillis(500)), LATER))
                .isTrue();
        assertThat(ledger.close(Example.ID, nothingMeasured(), MUCH_LATER)).isFalse();

        assertThat(ledger.find(Example.ID).orElseThrow().closedAt()).contains(LATER);
        assertThat(ledger.closed(Example.ID))
                .contains(VerdictJson.of(Example.planned(), measured(Duration.ofMillis(500)), LATER));
        Summary summary = ledger.history(Example.CATALOG, 1).getFirst();
        assertThat(summary.id()).isEqualTo(Example.ID);
        assertThat(summary.mode()).isEqualTo(Mode.DRILL);
        assertThat(summary.startedAt()).isEqualTo(Example.START);
        assertThat(summary.closedAt()).contains(LATER);
        Summary.Result result = summary.result().orElseThrow();
        assertThat(result.standing()).isEqualTo(Standing.MET);
        assertThat(result.dataLoss()).contains(Duration.ofSeconds(1)); // half a second lost is not nothing
        assertThat(result.timeToRecover()).contains(Duration.ofMinutes(1));
    }

    @Test
    void whatWasNotMeasuredHasNoFigureInTheHistory() {
        ledger.open(Example.planned());
        ledger.close(Example.ID, nothingMeasured(), LATER);

        Summary.Result result =
                ledger.history(Example.CATALOG, 1).getFirst().result().orElseThrow();
        assertThat(result.standing()).isEqualTo(Standing.UNMEASURED);
        assertThat(result.dataLoss()).isEmpty();
        assertThat(result.timeToRecover()).isEmpty();
    }

    @Test
    void theHistoryIsNewestFirstOpenAndClosedOfThisWorkloadOnly() {
        List<Instant> starts = List.of(
                Example.START,
                Example.START.plusMillis(100),
                Example.START.plusSeconds(1),
                Example.START.plusNanos(1_500_000_000));
        for (int number = 0; number < starts.size(); number++) {
            open(number, starts.get(number), Example.PRODUCTS);
        }

        assertThat(ledger.history(Example.CATALOG, 3))
                .extracting(summary -> summary.id().value())
                .containsExactly("20261120-aaaaa3", "20261120-aaaaa2", "20261120-aaaaa1");
        assertThat(ledger.history(Example.CATALOG, 3))
                .extracting(Summary::result)
                .containsOnly(Optional.empty());
        assertThat(ledger.history(new WorkloadName("crowd"), 3)).isEmpty();
    }

    @Test
    void copiesOfDrillsAreOpenUntilTheyAreGoneOrKeptOldestFirst() {
        open(1, Example.START.plusMillis(500), Example.PRODUCTS);
        open(0, Example.START, Example.PRODUCTS, Example.ORDERS);
        open(2, Example.START.plusSeconds(1), Example.PRODUCTS);
        open(3, MUCH_LATER, Example.PRODUCTS);
        RecoveryId second = new RecoveryId("20261120-aaaaa1");

        assertThat(ledger.openCopies(MUCH_LATER).copies())
                .extracting(open -> open.recovery() + " " + open.resource())
                .containsExactly(
                        "20261120-aaaaa0 orders",
                        "20261120-aaaaa0 products",
                        "20261120-aaaaa1 products",
                        "20261120-aaaaa2 products");
        ledger.record(second, PRODUCTS, new CopyEvent.Gone(LATER));
        ledger.record(new RecoveryId("20261120-aaaaa0"), ORDERS, new CopyEvent.Kept("not ours"));

        assertThat(ledger.openCopies(Example.START.plusMillis(600)).copies())
                .containsExactly(new OpenCopy(new RecoveryId("20261120-aaaaa0"), PRODUCTS));
    }

    @Test
    void theCopiesOfAnIncidentAreNeverOpen() {
        ledger.open(Example.planned(Example.ID, Example.request(Mode.INCIDENT, new Target.Latest())));

        assertThat(ledger.openCopies(MUCH_LATER).copies()).isEmpty();
    }

    @Test
    void theSettingsCapturedLastAreKept() {
        assertThat(ledger.lastSettings(Example.CATALOG, PRODUCTS)).isEmpty();

        ledger.open(Example.planned());

        assertThat(ledger.lastSettings(Example.CATALOG, PRODUCTS))
                .contains(new Settings(Map.of("class", "db.t4g.medium")));
        assertThat(ledger.lastSettings(Example.CATALOG, new ResourceName("users")))
                .isEmpty();
    }

    @Test
    void settingsThatWereCapturedEarlierReplaceNone() {
        ledger.open(withClass("db.r8g.large", Example.ID, Example.START.plusMillis(1500)));

        ledger.open(withClass("db.t4g.micro", Example.OTHER_ID, Example.START.plusSeconds(1)));

        assertThat(ledger.lastSettings(Example.CATALOG, PRODUCTS))
                .contains(new Settings(Map.of("class", "db.r8g.large")));
    }

    private static Recovery withClass(String name, RecoveryId id, Instant startedAt) {
        Target target = new Target.PointInTime(startedAt);
        Recovery planned = Example.planned(id, Example.request(Mode.DRILL, target), startedAt, Example.PRODUCTS);
        Copy copy = planned.copies().getFirst().copy();
        Settings settings = new Settings(Map.of("class", name));
        CopyEntry entry =
                CopyEntry.planned(new Copy(copy.source(), copy.name(), copy.point(), settings, copy.liveIsGone()));
        return new Recovery(
                id,
                planned.execution(),
                planned.request(),
                planned.objectives(),
                planned.incidentAt(),
                startedAt,
                List.of(entry),
                Optional.empty());
    }

    @Test
    void fiftyResourcesAreOpenedAtOnce() {
        Resource[] tables = Example.crowd(50).resources().toArray(Resource[]::new);
        Recovery planned = Example.planned(Example.ID, Example.drill(), Example.START, tables);

        ledger.open(planned);

        assertThat(ledger.find(Example.ID).orElseThrow().copies()).hasSize(50);
        assertThat(ledger.lastSettings(Example.CATALOG, new ResourceName("table-50")))
                .isPresent();
    }

    /// Opens the n-th of several recoveries, each of another point.
    private void open(int number, Instant startedAt, Resource... resources) {
        RecoveryRequest request =
                Example.request(Mode.DRILL, new Target.PointInTime(Example.START.minusSeconds(number)));
        ledger.open(Example.planned(new RecoveryId("20261120-aaaaa" + number), request, startedAt, resources));
    }

    private CopyEntry copy(ResourceName resource) {
        return ledger.find(Example.ID).orElseThrow().copy(resource).orElseThrow();
    }

    private static void assertSame(Recovery found, Recovery planned) {
        assertThat(found).usingRecursiveComparison().ignoringFields("copies").isEqualTo(planned);
        assertThat(found.copies()).containsExactlyInAnyOrderElementsOf(planned.copies());
    }

    private static Instant at(long seconds) {
        return Example.START.plusSeconds(seconds);
    }

    private static Evidence nothingSeen() {
        return new Evidence(List.of(), Tally.NOTHING, List.of());
    }

    private static Assessment nothingMeasured() {
        return new Assessment(Example.environment().workloads().getFirst().objectives(), List.of());
    }

    private static Assessment measured(Duration lost) {
        Optional<Instant> usable = Optional.of(LATER);
        var objectives = Example.environment().workloads().getFirst().objectives();
        return new Assessment(
                objectives,
                List.of(ResourceResult.judged(
                        PRODUCTS,
                        Example.START,
                        new DataLoss.FromCopy(lost),
                        new Timeline(Example.START, Example.START, usable, usable, usable, usable, usable),
                        new Soundness.Sound(1),
                        objectives)));
    }
}
