package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lifeboat.catalog.Check;
import lifeboat.catalog.Freshness;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Subject.LiveTrust;
import lifeboat.integrity.Tally.Kind;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConclusionTest {
    private static final Instant POINT = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant INCIDENT = Instant.parse("2026-11-20T11:00:00Z");
    private static final Segment STRUCTURE = new Segment("structure");
    private static final Segment FIRST = new Segment("scan 1/2");
    private static final Segment SECOND = new Segment("scan 2/2");
    private static final Segment CONTENT = new Segment("content scan 1/1 by 1");
    private static final Outcome SOUND = new Passed("structure as in live", "2 indexes");

    private final Map<Segment, Evidence> evidence = new HashMap<>();
    private final Map<Segment, String> failures = new HashMap<>();

    @Test
    void theStructureIsAlwaysAskedFor() {
        saw(STRUCTURE, SOUND);
        assertThat(concludeOf(table(), STRUCTURE)).containsExactly(SOUND);
    }

    @Test
    void everyCheckOfTheCatalogHasItsOutcomeInItsOrderThoughNothingWasPlanned() {
        var outcomes = concludeOf(database(
                new Check.MatchesLive(Optional.of("updated_at")),
                new Check.Rows("orders", Optional.of(2.50), Optional.of(3L)),
                new Check.SqlAssertion("select 1", "1"),
                new Check.SqlAssertion("select 2", "2"),
                new Check.EngineCheck()));
        assertThat(outcomes)
                .containsExactly(
                        new Inconclusive("structure as in live", "nothing looked into it"),
                        new Inconclusive("time of the newest write", "nothing looked into it"),
                        new Inconclusive("content as in live, explained by updated_at", "nothing looked into it"),
                        new Inconclusive("rows of orders >= 3", "nothing looked into it"),
                        new Inconclusive("rows of orders within 2.5 % of live", "nothing looked into it"),
                        new Inconclusive("select 1 = 1", "nothing looked into it"),
                        new Inconclusive("select 2 = 2", "nothing looked into it"),
                        new Inconclusive("engine's own verification", "nothing looked into it"));
    }

    @Test
    void whatWouldCompareWithLiveSaysThatLiveCannotBeRead() {
        var subject = subject(
                database(
                        new Check.MatchesLive(Optional.empty()), new Check.Rows("a", Optional.of(1d), Optional.of(1L))),
                LiveTrust.ABSENT);
        var unreadable = "live cannot be read, so there is nothing to compare with";
        assertThat(Conclusion.of(subject, List.of(), Map.of(), Map.of()).outcomes())
                .containsExactly(
                        new Observed("structure as in live", unreadable),
                        new Inconclusive("time of the newest write", "nothing looked into it"),
                        new Observed("content as in live", unreadable),
                        new Inconclusive("rows of a >= 1", "nothing looked into it"),
                        new Observed("rows of a within 1 % of live", unreadable));
    }

    @Test
    void itemsOfAllPiecesCountTogether() {
        counted(FIRST, 600);
        counted(SECOND, 400);
        assertThat(concludeOf(table(new Check.Items(1000)), FIRST, SECOND).getLast())
                .isEqualTo(new Passed("items >= 1000", "1,000 items"));
    }

    @Test
    void oneItemTooFewFails() {
        counted(FIRST, 999);
        assertThat(concludeOf(table(new Check.Items(1000)), FIRST).getLast())
                .isEqualTo(new Failed("items >= 1000", "999 items"));
    }

    @Test
    void aPieceWithoutEvidenceMakesTheCountInconclusiveThoughTheOthersAlreadyHoldEnough() {
        counted(FIRST, 5000);
        failures.put(SECOND, "access denied");
        assertThat(concludeOf(table(new Check.Items(1000)), FIRST, SECOND).getLast())
                .isEqualTo(
                        new Inconclusive("items >= 1000", "1 of 2 pieces without evidence: scan 2/2: access denied"));
    }

    @Test
    void aPieceThatNobodyLookedAtIsSaidToBeSo() {
        counted(FIRST, 5000);
        assertThat(concludeOf(table(new Check.Items(1)), FIRST, SECOND).getLast())
                .isEqualTo(new Inconclusive("items >= 1", "1 of 2 pieces without evidence: scan 2/2: not looked at"));
    }

    @Test
    void onlyTheFirstThreeOfManyMissingPiecesAreNamed() {
        var pieces = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> Segment.of("scan", i + "/5"))
                .toArray(Segment[]::new);
        assertThat(concludeOf(table(new Check.Items(1)), pieces).getLast().seen())
                .isEqualTo("5 of 5 pieces without evidence: "
                        + "scan 1/5: not looked at; scan 2/5: not looked at; scan 3/5: not looked at");
    }

    @Test
    void aMissingPieceLeavesTheAnswersThatDoNotNeedItAlone() {
        saw(STRUCTURE, SOUND);
        assertThat(concludeOf(table(new Check.Items(1)), STRUCTURE, FIRST))
                .first()
                .isEqualTo(SOUND);
    }

    @Test
    void evidenceOfAPieceThatWasNotPlannedCountsForNothing() {
        counted(FIRST, 1);
        counted(SECOND, 1_000);
        assertThat(conclusion(table(new Check.Items(2)), LiveTrust.TRUSTED, FIRST)
                        .tally()
                        .count(Kind.COPY_ROWS))
                .isEqualTo(1);
    }

    @Test
    void aPieceThatSaysNothingAboutItsQuestionIsNoPass() {
        saw(STRUCTURE, new Passed("something else", "fine"));
        assertThat(concludeOf(table(), STRUCTURE))
                .containsExactly(new Inconclusive("structure as in live", "structure gave no answer"));
    }

    @Test
    void contentThatEqualsTrustedLivePasses() {
        evidence.put(CONTENT, with(tally(10, 12, 0, 0, 0, 2)));
        assertThat(lastOfContent(table(new Check.MatchesLive(Optional.empty())), LiveTrust.TRUSTED))
                .isEqualTo(
                        new Passed(
                                "content as in live",
                                "10 compared with 12 in live: 0 missing in live, 0 changed, 0 unexpected in live, 2 explained"));
    }

    @Test
    void oneDifferenceOfAnyKindFailsAgainstTrustedLive() {
        for (var tally : List.of(tally(9, 9, 1, 0, 0, 0), tally(9, 9, 0, 1, 0, 0), tally(9, 9, 0, 0, 1, 0))) {
            evidence.put(CONTENT, with(tally));
            assertThat(lastOfContent(table(new Check.MatchesLive(Optional.empty())), LiveTrust.TRUSTED))
                    .isInstanceOf(Failed.class);
        }
    }

    @Test
    void rowsThatOnlyTheCopyHoldsAreAGapWhereATimeExplainsDifferences() {
        var check = new Check.MatchesLive(Optional.of("updatedAt"));
        evidence.put(CONTENT, with(tally(9, 8, 1, 0, 0, 3)));
        assertThat(lastOfContent(table(check), LiveTrust.TRUSTED))
                .isEqualTo(
                        new Inconclusive(
                                "content as in live, explained by updatedAt",
                                "9 compared with 8 in live: 1 missing in live, 0 changed, 0 unexpected in live, 3 explained; rows that only the copy holds may have been deleted in live since, or be wrong"));
        for (var tally : List.of(tally(9, 9, 1, 1, 0, 0), tally(9, 9, 1, 0, 1, 0))) {
            evidence.put(CONTENT, with(tally));
            assertThat(lastOfContent(table(check), LiveTrust.TRUSTED)).isInstanceOf(Failed.class);
        }
    }

    @Test
    void againstSuspectLiveNeitherEqualityNorDifferenceProvesAnything() {
        for (var changed : List.of(0, 7)) {
            evidence.put(CONTENT, with(tally(9, 9, 0, changed, 0, 0)));
            assertThat(lastOfContent(table(new Check.MatchesLive(Optional.empty())), LiveTrust.SUSPECT))
                    .isEqualTo(new Observed(
                            "content as in live",
                            "9 compared with 9 in live: 0 missing in live, %d changed, 0 unexpected in live, 0 explained; live itself is suspect"
                                    .formatted(changed)));
        }
    }

    @Test
    void whereNothingWasComparedNothingPasses() {
        evidence.put(CONTENT, with(tally(0, 0, 0, 0, 0, 0)));
        assertThat(lastOfContent(table(new Check.MatchesLive(Optional.empty())), LiveTrust.TRUSTED))
                .isInstanceOf(Inconclusive.class);
    }

    @Test
    void moreRowsExplainedThanEqualAreAGap() {
        var check = new Check.MatchesLive(Optional.of("updatedAt"));
        for (var tally : List.of(
                tally(0, 1000, 0, 0, 0, 1000), // an empty copy
                tally(10, 10, 0, 0, 0, 10), // every row was written since
                tally(10, 10, 0, 0, 0, 6),
                tally(10, 21, 0, 0, 0, 11))) {
            evidence.put(CONTENT, with(tally));
            assertThat(lastOfContent(table(check), LiveTrust.TRUSTED)).isInstanceOf(Inconclusive.class);
        }
        for (var tally : List.of(tally(10, 10, 0, 0, 0, 5), tally(10, 20, 0, 0, 0, 10), tally(10, 5, 0, 0, 0, 5))) {
            evidence.put(CONTENT, with(tally));
            assertThat(lastOfContent(table(check), LiveTrust.TRUSTED)).isInstanceOf(Passed.class);
        }
    }

    @Test
    void oneTableThatIsExplainedAsAWholeIsAGapHoweverManyRowsOfOthersAreEqual() {
        var check = database(new Check.MatchesLive(Optional.of("updated_at")));
        var orders = new Segment("content public.orders keys ..9");
        var more = new Segment("content public.orders keys 10..");
        var audit = new Segment("content public.audit");
        evidence.put(orders, with(tally(1000, 1000, 0, 0, 0, 0)));
        evidence.put(more, with(tally(0, 900, 0, 0, 0, 900)));
        assertThat(concludeOf(check, orders, more).get(2)).isInstanceOf(Passed.class);
        evidence.put(audit, with(tally(0, 3, 0, 0, 0, 3)));
        assertThat(concludeOf(check, orders, more, audit).get(2))
                .isInstanceOf(Inconclusive.class)
                .satisfies(outcome -> assertThat(outcome.seen()).contains("public.audit: 3 rows explained"));
    }

    @Test
    void whatAPieceSaysOfItselfCountsBesideTheRows() {
        var name = "content as in live";
        var check = table(new Check.MatchesLive(Optional.empty()));
        evidence.put(
                CONTENT,
                new Evidence(
                        List.of(new Inconclusive(name, "public.t not compared")), tally(9, 9, 0, 0, 0, 0), List.of()));
        assertThat(lastOfContent(check, LiveTrust.TRUSTED)).isEqualTo(new Inconclusive(name, "public.t not compared"));
        evidence.put(
                CONTENT, new Evidence(List.of(new Failed(name, "only in live")), tally(9, 9, 0, 0, 0, 0), List.of()));
        assertThat(lastOfContent(check, LiveTrust.TRUSTED)).isEqualTo(new Failed(name, "only in live"));
    }

    @Test
    void withoutLiveTheContentIsOnlyObservedAndTheCountIsStillDecided() {
        counted(FIRST, 5);
        var outcomes = conclusion(
                        table(new Check.MatchesLive(Optional.empty()), new Check.Items(5)), LiveTrust.ABSENT, FIRST)
                .outcomes();
        assertThat(outcomes.subList(1, 3))
                .containsExactly(
                        new Observed("content as in live", "live cannot be read, so there is nothing to compare with"),
                        new Passed("items >= 5", "5 items"));
    }

    @ParameterizedTest
    @EnumSource
    void theNewestWriteIsReadableWhateverLiveIsWorth(LiveTrust trust) {
        evidence.put(FIRST, with(newest(POINT, 0)));
        assertThat(conclusion(freshTable(), trust, FIRST).outcomes().getLast())
                .isEqualTo(new Passed("time of the newest write", "2026-11-20T10:00:00Z"));
    }

    @Test
    void oneTimeThatCannotBeReadMakesTheNewestWriteInconclusive() {
        evidence.put(FIRST, with(newest(POINT, 1)));
        assertThat(lastOf(freshTable(), LiveTrust.TRUSTED))
                .isEqualTo(new Inconclusive("time of the newest write", "1 times of last write cannot be read"));
    }

    @Test
    void aCopyWithoutAnyTimeOfLastWriteIsInconclusive() {
        counted(FIRST, 3);
        assertThat(lastOf(freshTable(), LiveTrust.TRUSTED))
                .isEqualTo(new Inconclusive("time of the newest write", "the copy holds no time of last write"));
    }

    @Test
    void aNewestWriteAfterThePointByMoreThanAMinuteIsNoTimeOfAWrite() {
        evidence.put(FIRST, with(newest(POINT.plusSeconds(60), 0)));
        assertThat(lastOf(freshTable(), LiveTrust.TRUSTED)).isInstanceOf(Passed.class);
        evidence.put(FIRST, with(newest(POINT.plusSeconds(60).plusNanos(1), 0)));
        assertThat(lastOf(freshTable(), LiveTrust.TRUSTED))
                .isEqualTo(
                        new Inconclusive(
                                "time of the newest write",
                                "2026-11-20T10:01:00.000000001Z lies after the point in time, in live too, so it is no time of a write"));
        evidence.put(FIRST, with(newest(POINT.plusSeconds(61), 0).plus(Tally.of(Map.of(Kind.AFTER_POINT, 2L)))));
        assertThat(lastOf(freshTable(), LiveTrust.TRUSTED))
                .isEqualTo(
                        new Failed(
                                "time of the newest write",
                                "2 rows of the copy say that they were written after its point in time 2026-11-20T10:00:00Z, the newest at 2026-11-20T10:01:01Z"));
    }

    @Test
    void theNewestWriteDoesNotHideRowsOfLiveThatACopyOfTheirTimeLacks() {
        evidence.put(FIRST, with(newest(POINT, 0).plus(Tally.of(Map.of(Kind.LOST_BEFORE_POINT, 90L)))));

        assertThat(lastOf(freshTable(), LiveTrust.TRUSTED))
                .isEqualTo(
                        new Inconclusive(
                                "time of the newest write",
                                "90 rows of live were last written before the point in time 2026-11-20T10:00:00Z, and the copy does not hold them so: lost, or committed later than they were stamped"));
        assertThat(lastOf(freshTable(), LiveTrust.SUSPECT)).isInstanceOf(Passed.class);
    }

    @Test
    void aPointInTimeAfterTheIncidentAllowsWritesUpToThePoint() {
        var late = INCIDENT.plusSeconds(3600);
        evidence.put(FIRST, with(newest(late, 0)));
        var subject = new Subject(freshTable(), copy(), late, INCIDENT, LiveTrust.TRUSTED);
        assertThat(Conclusion.of(subject, List.of(FIRST), evidence, failures)
                        .outcomes()
                        .getLast())
                .isInstanceOf(Passed.class);
    }

    @Test
    void aCopyAsRecordedReachesItsPointWhereAWriteShortlyBeforeOrLiveItselfShowsIt() {
        var recorded = new Check.Fingerprint(Optional.of("updatedAt"));
        var resource = table(new Check.MatchesLive(Optional.empty()), recorded);
        var name = "content as recorded, explained by updatedAt";
        var piece = new Segment("fingerprint 1/1 a");
        counted(CONTENT, 5);
        for (var found : List.of(new Passed(name, "5 rows"), new Observed(name, "5 rows"))) {
            saw(piece, found);
            assertThat(conclusion(resource, LiveTrust.TRUSTED, CONTENT, piece)
                            .outcomes()
                            .getLast())
                    .isEqualTo(found);
            for (var trust : List.of(LiveTrust.SUSPECT, LiveTrust.ABSENT)) {
                assertThat(conclusion(resource, trust, CONTENT, piece)
                                .outcomes()
                                .getLast())
                        .isInstanceOf(Inconclusive.class);
            }
            evidence.put(
                    piece,
                    new Evidence(
                            List.of(found),
                            Tally.NOTHING,
                            List.of(),
                            Optional.empty(),
                            Optional.of(POINT.minusSeconds(3600))));
            assertThat(conclusion(resource, LiveTrust.ABSENT, CONTENT, piece)
                            .outcomes()
                            .getLast())
                    .isEqualTo(found);
        }
    }

    @Test
    void oneFailureAmongManyPiecesFailsTheCheck() {
        var engine = new Check.EngineCheck();
        var name = "engine's own verification";
        var pieces = pieces("engine", 4);
        saw(pieces[0], new Passed(name, "a is sound"));
        saw(pieces[1], new Failed(name, "b is corrupt"));
        saw(pieces[2], new Inconclusive(name, "c: not permitted"));
        saw(pieces[3], new Failed(name, "d is corrupt"));
        assertThat(concludeOf(database(engine), pieces).getLast())
                .isEqualTo(new Failed(name, "b is corrupt; d is corrupt"));
    }

    @Test
    void oneInconclusivePieceAmongPassedOnesKeepsTheCheckFromPassing() {
        var name = "engine's own verification";
        var pieces = pieces("engine", 3);
        saw(pieces[0], new Passed(name, "a is sound"));
        saw(pieces[1], new Inconclusive(name, "not permitted"));
        saw(pieces[2], new Observed(name, "odd"));
        assertThat(concludeOf(database(new Check.EngineCheck()), pieces).getLast())
                .isEqualTo(new Inconclusive(name, "not permitted"));
        saw(pieces[1], new Passed(name, "b is sound"));
        assertThat(concludeOf(database(new Check.EngineCheck()), pieces).getLast())
                .isEqualTo(new Observed(name, "odd"));
    }

    @Test
    void whatManyPiecesSawIsToldOnceAndCutAtThree() {
        var name = "engine's own verification";
        var pieces = pieces("engine", 5);
        for (var i = 0; i < 5; i++) {
            saw(pieces[i], new Passed(name, i == 1 ? "sound 0" : "sound " + i));
        }
        assertThat(concludeOf(database(new Check.EngineCheck()), pieces).getLast())
                .isEqualTo(new Passed(name, "sound 0; sound 2; sound 3; and 1 more"));
    }

    @Test
    void whatThreePiecesSawIsToldWhole() {
        var name = "engine's own verification";
        var pieces = pieces("engine", 3);
        for (var i = 0; i < 3; i++) {
            saw(pieces[i], new Passed(name, "sound " + i));
        }
        assertThat(concludeOf(database(new Check.EngineCheck()), pieces).getLast())
                .isEqualTo(new Passed(name, "sound 0; sound 1; sound 2"));
    }

    @Test
    void eachAssertionNeedsItsOwnPieceOnly() {
        saw(new Segment("sql 2"), new Passed("select 2 = 2", "2"));
        var outcomes = concludeOf(
                database(new Check.SqlAssertion("select 1", "1"), new Check.SqlAssertion("select 2", "2")),
                new Segment("sql 1"),
                new Segment("sql 2"));
        assertThat(outcomes.subList(2, 4))
                .containsExactly(
                        new Inconclusive("select 1 = 1", "1 of 1 pieces without evidence: sql 1: not looked at"),
                        new Passed("select 2 = 2", "2"));
    }

    @Test
    void rowsOfATableNeedThePieceOfJustThatTable() {
        saw(new Segment("rows orders"), new Passed("rows of orders >= 1", "2 rows"));
        var outcomes = concludeOf(
                database(
                        new Check.Rows("orders", Optional.empty(), Optional.of(1L)),
                        new Check.Rows("order", Optional.empty(), Optional.empty())),
                new Segment("rows orders"));
        assertThat(outcomes.subList(2, 4))
                .containsExactly(
                        new Passed("rows of orders >= 1", "2 rows"),
                        new Inconclusive("rows of order >= 1", "nothing looked into it"));
    }

    @Test
    void tenDistinctSamplesAreKept() {
        evidence.put(FIRST, new Evidence(List.of(), Tally.NOTHING, List.of("a", "b", "c", "d", "e", "f")));
        evidence.put(SECOND, new Evidence(List.of(), Tally.NOTHING, List.of("f", "g", "h", "i", "j", "k", "l")));
        assertThat(conclusion(table(), LiveTrust.TRUSTED, FIRST, SECOND).samples())
                .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    }

    /// A thousand random inspections: an outcome a question, in order, and none passes with a piece of its missing.
    @Test
    void noQuestionEverPassesWithoutAllItsEvidence() {
        var random = new java.util.Random(20261120);
        var resource = table(new Check.Items(0), new Check.MatchesLive(Optional.empty()));
        var pieces = new ArrayList<>(List.of(pieces("scan", 4)));
        pieces.add(STRUCTURE);
        pieces.add(CONTENT);
        for (var round = 0; round < 1000; round++) {
            evidence.clear();
            pieces.forEach(piece -> {
                if (random.nextInt(4) > 0) {
                    evidence.put(piece, new Evidence(List.of(SOUND), tally(1, 1, 0, 0, 0, 0), List.of()));
                }
            });
            var questions = Question.of(resource);
            var outcomes = concludeOf(resource, pieces.toArray(Segment[]::new));
            assertThat(outcomes)
                    .extracting(Outcome::check)
                    .containsExactlyElementsOf(
                            questions.stream().map(Question::text).toList());
            for (var i = 0; i < questions.size(); i++) {
                var complete = pieces.stream().filter(questions.get(i)::needs).allMatch(evidence::containsKey);
                assertThat(outcomes.get(i) instanceof Passed).isEqualTo(complete);
            }
        }
    }

    private Outcome lastOfContent(Resource live, LiveTrust trust) {
        return conclusion(live, trust, CONTENT).outcomes().getLast();
    }

    private Outcome lastOf(Resource live, LiveTrust trust) {
        return conclusion(live, trust, FIRST).outcomes().getLast();
    }

    private List<Outcome> concludeOf(Resource live, Segment... planned) {
        return conclusion(live, LiveTrust.TRUSTED, planned).outcomes();
    }

    private Conclusion conclusion(Resource live, LiveTrust trust, Segment... planned) {
        return Conclusion.of(subject(live, trust), List.of(planned), evidence, failures);
    }

    private void saw(Segment piece, Outcome... outcomes) {
        evidence.put(piece, new Evidence(List.of(outcomes), Tally.NOTHING, List.of()));
    }

    private void counted(Segment piece, long items) {
        evidence.put(piece, with(tally(items, 0, 0, 0, 0, 0)));
    }

    private static Evidence with(Tally tally) {
        return new Evidence(List.of(), tally, List.of());
    }

    private static Tally tally(long copy, long live, long missing, long changed, long unexpected, long explained) {
        return Tally.of(Map.of(
                Kind.COPY_ROWS, copy,
                Kind.LIVE_ROWS, live,
                Kind.MISSING_IN_LIVE, missing,
                Kind.CHANGED, changed,
                Kind.UNEXPECTED_IN_LIVE, unexpected,
                Kind.EXPLAINED, explained));
    }

    private static Tally newest(Instant newest, long unreadable) {
        return new Tally(
                Map.of(Kind.COPY_ROWS, 5L, Kind.UNREADABLE_TIMES, unreadable), Optional.of(newest), Optional.empty());
    }

    private static Segment[] pieces(String kind, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Segment.of(kind, i))
                .toArray(Segment[]::new);
    }

    private static Subject subject(Resource live, LiveTrust trust) {
        return new Subject(live, copy(), POINT, INCIDENT, trust);
    }

    private static CopyName copy() {
        return new CopyName("lifeboat-drill-1-products");
    }

    private static Resource table(Check... checks) {
        return new Resource.DynamoDbTable(new ResourceName("products"), "products", Optional.empty(), List.of(checks));
    }

    private static Resource freshTable() {
        return new Resource.DynamoDbTable(
                new ResourceName("products"), "products", Optional.of(new Freshness.Attribute("updatedAt")), List.of());
    }

    private static Resource database(Check... checks) {
        return new Resource.RdsInstance(
                new ResourceName("orders"),
                "orders",
                new SqlAccess("orders", "shop/orders"),
                Optional.of(new Freshness.Sql("select max(updated_at) from orders")),
                List.of(checks));
    }
}
