package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Invalid;
import org.junit.jupiter.api.Test;

/// What explains a difference, and what is selected for repair.
class RulesTest {
    private static final Instant POINT = Instant.parse("2026-11-20T02:00:00Z");
    private static final Instant BEFORE = POINT.minusSeconds(3600);
    private static final Instant AFTER = POINT.plusSeconds(600);
    private static final TableName ORDERS = new TableName("public", "orders");

    @Test
    void withoutATimeColumnEveryDifferenceCounts() {
        Rules rules = Rules.plain(AFTER);
        assertThat(rules.leaves(changed(BEFORE, AFTER))).isEmpty();
        assertThat(rules.leaves(unexpected(Optional.of(AFTER)))).isEmpty();
    }

    @Test
    void aChangeWithTheSameTimeOnBothSidesIsDamage() {
        assertThat(rules(ChangedOnBothSides.KEEP_LIVE).leaves(changed(BEFORE, BEFORE)))
                .isEmpty();
    }

    @Test
    void aWriteAfterThePointInTimeStays() {
        assertThat(rules(ChangedOnBothSides.KEEP_LIVE).leaves(changed(BEFORE, AFTER)))
                .contains(Left.WRITTEN_SINCE);
        assertThat(rules(ChangedOnBothSides.KEEP_LIVE).leaves(unexpected(Optional.of(AFTER))))
                .contains(Left.WRITTEN_SINCE);
    }

    @Test
    void aVersionStampedBetweenTheCopysAndThePointInTimeIsNeitherExpectedNorOverwritten() {
        for (ChangedOnBothSides policy : ChangedOnBothSides.values()) {
            assertThat(rules(policy).leaves(changed(BEFORE, POINT.minusSeconds(60))))
                    .as(policy.name())
                    .contains(Left.STAMPED_BEFORE);
            assertThat(rules(policy).leaves(unexpected(Optional.of(POINT.minusSeconds(60)))))
                    .as(policy.name())
                    .contains(Left.STAMPED_BEFORE);
        }
        assertThat(Left.STAMPED_BEFORE.expected()).isFalse();
    }

    @Test
    void aWriteFromJustBeforeThePointInTimeMayHaveBeenInFlight() {
        Rules rules = rules(ChangedOnBothSides.KEEP_LIVE);
        Instant inGrace = POINT.minusSeconds(4);
        Instant atItsEdge = POINT.minusSeconds(5);
        assertThat(rules.leaves(unexpected(Optional.of(inGrace)))).contains(Left.IN_FLIGHT);
        assertThat(rules.leaves(unexpected(Optional.of(POINT)))).contains(Left.IN_FLIGHT);
        assertThat(rules.leaves(unexpected(Optional.of(atItsEdge)))).contains(Left.STAMPED_BEFORE);
        assertThat(rules.leaves(changed(BEFORE, inGrace))).contains(Left.IN_FLIGHT);
        assertThat(rules.leaves(changed(BEFORE, POINT))).contains(Left.IN_FLIGHT);
        assertThat(rules.leaves(changed(BEFORE, atItsEdge))).contains(Left.STAMPED_BEFORE);
    }

    @Test
    void aVersionNoNewerThanTheCopysIsDamageEvenIfStampedAfterThePointInTime() {
        Rules rules = rules(ChangedOnBothSides.KEEP_LIVE);
        assertThat(rules.leaves(changed(AFTER, AFTER))).isEmpty();
        assertThat(rules.leaves(changed(POINT, POINT))).isEmpty();
        assertThat(rules.leaves(changed(BEFORE, BEFORE.minusSeconds(1)))).isEmpty();
    }

    @Test
    void aVersionOlderThanTheCopysThatMayHaveBeenInFlightIsLeftToAPerson() {
        Difference difference = changed(POINT.minusSeconds(1), POINT.minusSeconds(3));
        assertThat(rules(ChangedOnBothSides.KEEP_LIVE).leaves(difference)).contains(Left.STAMPED_BEFORE);
        assertThat(rules(ChangedOnBothSides.NEWEST_WINS).leaves(difference)).isEmpty();
        assertThat(rules(ChangedOnBothSides.TAKE_COPY).leaves(difference)).isEmpty();
    }

    @Test
    void aTimeThatHasNotComeYetExplainsNothing() {
        Rules rules = rules(ChangedOnBothSides.KEEP_LIVE);
        Instant withinADay = AFTER.plus(Duration.ofDays(1));
        Instant never = withinADay.plusNanos(1);
        assertThat(rules.leaves(changed(BEFORE, withinADay))).contains(Left.WRITTEN_SINCE);
        assertThat(rules.leaves(changed(BEFORE, never))).contains(Left.STAMPED_AHEAD);
        assertThat(rules.leaves(unexpected(Optional.of(never)))).contains(Left.STAMPED_AHEAD);
        assertThat(rules.leaves(changed(never, never))).isEmpty();
    }

    @Test
    void aTimeInTheCopyThatCannotBeDoesNotMakeAGoodWriteOld() {
        Instant never = AFTER.plus(Duration.ofDays(40));
        for (ChangedOnBothSides policy : List.of(ChangedOnBothSides.KEEP_LIVE, ChangedOnBothSides.NEWEST_WINS)) {
            assertThat(rules(policy).leaves(changed(never, AFTER))).contains(Left.WRITTEN_SINCE);
        }
    }

    @Test
    void withoutAPointInTimeNothingIsExplainedAndNothingTakenForDamageByItsTime() {
        Rules known = rules(ChangedOnBothSides.KEEP_LIVE);
        Rules rules = new Rules(
                Optional.empty(),
                known.comparedAt(),
                known.grace(),
                known.explainedBy(),
                false,
                List.of(),
                Selection.ALL,
                ChangedOnBothSides.KEEP_LIVE);
        assertThat(rules.leaves(changed(BEFORE, AFTER))).contains(Left.NO_TIME);
        assertThat(rules.leaves(unexpected(Optional.of(AFTER)))).contains(Left.NO_TIME);
        assertThat(rules.leaves(changed(BEFORE, BEFORE))).isEmpty();
    }

    @Test
    void aClassThatIsNamedIsRepaired() {
        Rules rules = rules(
                ChangedOnBothSides.KEEP_LIVE,
                new Selection(
                        Set.of(),
                        Map.of(),
                        Optional.empty(),
                        Set.of(DifferenceClass.CHANGED),
                        Set.of(TimeAnomaly.STAMPED_BEFORE)));
        assertThat(rules.leaves(changed(BEFORE, POINT.minusSeconds(60)))).isEmpty();
        assertThat(rules.leaves(unexpected(Optional.of(POINT.minusSeconds(60)))))
                .isEmpty();
        assertThat(rules.leaves(changed(BEFORE, BEFORE))).isEmpty();
        assertThat(rules.leaves(new Difference.MissingInLive(ORDERS, RowKey.of("1"), Image.of("d"))))
                .contains(Left.NOT_SELECTED);
        assertThat(rules.leaves(changed(BEFORE, AFTER.plus(Duration.ofDays(2)))))
                .contains(Left.STAMPED_AHEAD);
    }

    @Test
    void aPolicyCanTakeTheCopyOrTheNewest() {
        assertThat(rules(ChangedOnBothSides.TAKE_COPY).leaves(changed(BEFORE, AFTER)))
                .isEmpty();
        assertThat(rules(ChangedOnBothSides.TAKE_COPY).leaves(unexpected(Optional.of(AFTER))))
                .contains(Left.WRITTEN_SINCE);
        assertThat(rules(ChangedOnBothSides.NEWEST_WINS).leaves(changed(BEFORE, AFTER)))
                .contains(Left.WRITTEN_SINCE);
        assertThat(rules(ChangedOnBothSides.NEWEST_WINS).leaves(changed(AFTER.plusSeconds(1), AFTER)))
                .isEmpty();
        assertThat(rules(ChangedOnBothSides.NEWEST_WINS).leaves(changed(AFTER, AFTER)))
                .isEmpty();
    }

    @Test
    void whereARowHasNoTimeAGoodWriteCannotBeToldFromDamage() {
        assertThat(rules(ChangedOnBothSides.KEEP_LIVE).leaves(unexpected(Optional.empty())))
                .contains(Left.NO_TIME);
    }

    @Test
    void writesInsideTheWindowOfDamageAreNeverGoodOnes() {
        Selection window = new Selection(
                Set.of(), Map.of(), Optional.of(new TimeWindow(POINT, AFTER)), Set.of(DifferenceClass.values()));
        Rules rules = rules(ChangedOnBothSides.KEEP_LIVE, window);
        assertThat(rules.leaves(changed(BEFORE, AFTER))).isEmpty();
        assertThat(rules.leaves(changed(BEFORE, AFTER.plusSeconds(1)))).contains(Left.WRITTEN_SINCE);
        assertThat(rules.leaves(changed(BEFORE, BEFORE))).contains(Left.NOT_SELECTED);
    }

    @Test
    void anExpiredOrPurgedRowIsExpectedToBeMissing() {
        Image expired = new Image("d", 1, Optional.empty(), Optional.of(BEFORE), Optional.empty());
        Image purged = new Image("d", 1, Optional.empty(), Optional.empty(), Optional.of(BEFORE));
        Rules rules = rules(ChangedOnBothSides.KEEP_LIVE);
        assertThat(rules.leaves(new Difference.MissingInLive(ORDERS, RowKey.of("1"), expired)))
                .contains(Left.EXPIRED);
        assertThat(rules.leaves(new Difference.MissingInLive(ORDERS, RowKey.of("1"), purged)))
                .contains(Left.PURGED);
        assertThat(rules.leaves(new Difference.MissingInLive(ORDERS, RowKey.of("1"), Image.of("d"))))
                .isEmpty();
    }

    @Test
    void aTimeToLiveOfMoreThanFiveYearsAgoDeletesNothing() {
        Rules rules = rules(ChangedOnBothSides.KEEP_LIVE);
        Instant fiveYearsAgo = AFTER.minus(Duration.ofDays(5 * 365));
        assertThat(rules.leaves(missing(AFTER))).contains(Left.EXPIRED);
        assertThat(rules.leaves(missing(fiveYearsAgo))).contains(Left.EXPIRED);
        assertThat(rules.leaves(missing(fiveYearsAgo.minusSeconds(1)))).isEmpty();
        assertThat(rules.leaves(missing(Instant.EPOCH))).isEmpty();
        assertThat(rules.leaves(missing(AFTER.plusSeconds(1)))).isEmpty();
    }

    private static Difference missing(Instant expiresAt) {
        return new Difference.MissingInLive(
                ORDERS, RowKey.of("1"), new Image("d", 1, Optional.empty(), Optional.of(expiresAt), Optional.empty()));
    }

    @Test
    void keysAreComparedAsNumbersWhereAllAreNumbers() {
        assertThat(new KeyRange("9", "100").contains("20")).isTrue();
        assertThat(new KeyRange("9", "100").contains("b")).isFalse();
        assertThat(new KeyRange("a", "c").contains("b")).isTrue();
        assertThatThrownBy(() -> new KeyRange("100", "9"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-402");
    }

    @Test
    void aTableThatWasNotComparedIsNeverEqual() {
        TableOutcome equal = new TableOutcome.Compared(ORDERS, Counts.NOTHING, List.of(), List.of());
        TableOutcome not = new TableOutcome.NotCompared(TableName.of("t"), TableOutcome.Why.UNREADABLE, "disk");
        assertThat(Verdict.of(List.of(equal), StructureFindings.NONE)).isEqualTo(Verdict.EQUAL);
        assertThat(Verdict.of(List.of(equal, not), StructureFindings.NONE)).isEqualTo(Verdict.INCOMPLETE);
        assertThat(Verdict.of(List.of(), StructureFindings.NONE)).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void equalRowsBesideAnotherStructureAreNotEqual() {
        TableOutcome equal = new TableOutcome.Compared(ORDERS, Counts.NOTHING, List.of(), List.of());
        var sequence = new StructureDifference("sequence", "public.s", Optional.of("at 900"), Optional.of("at 5"));
        var findings = new StructureFindings(List.of(sequence), List.of());
        assertThat(Verdict.of(List.of(equal), findings)).isEqualTo(Verdict.DIFFERENT);
        assertThat(Verdict.of(List.of(equal), StructureFindings.notCompared(List.of("grants"))))
                .isEqualTo(Verdict.EQUAL);
    }

    private static Rules rules(ChangedOnBothSides policy) {
        return rules(policy, Selection.ALL);
    }

    private static Rules rules(ChangedOnBothSides policy, Selection selection) {
        return new Rules(
                Optional.of(POINT),
                AFTER,
                Rules.DEFAULT_GRACE,
                Optional.of("updated_at"),
                false,
                List.of(new Rules.PurgeRule(ORDERS, "at", POINT)),
                selection,
                policy);
    }

    private static Difference changed(Instant copy, Instant live) {
        return new Difference.Changed(
                ORDERS, RowKey.of("1"), image("a", Optional.of(copy)), image("b", Optional.of(live)));
    }

    private static Difference unexpected(Optional<Instant> live) {
        return new Difference.UnexpectedInLive(ORDERS, RowKey.of("1"), image("b", live));
    }

    private static Image image(String digest, Optional<Instant> writtenAt) {
        return new Image(digest, 1, writtenAt, Optional.empty(), Optional.empty());
    }
}
