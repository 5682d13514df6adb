package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The words of a person become rules, or are refused by the name of the field, the value and what is allowed.
class ChoiceTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private static final Instant POINT = Instant.parse("2026-11-20T02:00:00Z");
    private static final Choice NOTHING =
            new Choice(List.of(), List.of(), List.of(), Optional.empty(), Choice.KEEP_LIVE, false, 5, List.of(), "--");

    @Test
    void whereNothingIsSaidEverythingIsChosen() {
        Rules rules = rules(NOTHING);
        assertThat(rules.selection().tables()).isEmpty();
        assertThat(rules.selection().keys()).isEmpty();
        assertThat(rules.selection().writtenWithin()).isEmpty();
        assertThat(rules.selection().classes()).containsExactlyInAnyOrderElementsOf(Selection.ALL.classes());
        assertThat(rules.bothSides()).isEqualTo(ChangedOnBothSides.KEEP_LIVE);
        assertThat(rules.repairWithoutTime()).isFalse();
        assertThat(rules.purges()).isEmpty();
    }

    @Test
    void whatIsGivenBesideIsKept() {
        Rules rules = rules(NOTHING);
        assertThat(rules.pointInTime()).contains(POINT);
        assertThat(rules.comparedAt()).isEqualTo(NOW);
        assertThat(rules.explainedBy()).contains("updated_at");
        assertThat(rules.grace()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void tablesGoThroughTheStoresOwnNames() {
        Choice choice = choice(List.of("orders", "archive.orders"), List.of(), List.of());
        assertThat(rules(choice).selection().tables())
                .containsExactlyInAnyOrder(TableName.of("orders!"), TableName.of("archive.orders!"));
    }

    @ParameterizedTest
    @CsvSource({
        "missing, MISSING_IN_LIVE",
        "changed, CHANGED",
        "unexpected, UNEXPECTED_IN_LIVE",
    })
    void aClassIsChosenByItsWord(String word, DifferenceClass kind) {
        assertThat(rules(choice(List.of(), List.of(word), List.of()))
                        .selection()
                        .classes())
                .containsExactly(kind);
    }

    @Test
    void severalClassesAreAllChosen() {
        assertThat(rules(choice(List.of(), List.of("missing", "changed"), List.of()))
                        .selection()
                        .classes())
                .isEqualTo(Set.of(DifferenceClass.MISSING_IN_LIVE, DifferenceClass.CHANGED));
    }

    @Test
    void timesThatExplainNothingAreClassesOfTheirOwn() {
        Selection both = rules(choice(List.of(), List.of("missing", "stamped-before"), List.of()))
                .selection();
        assertThat(both.classes()).containsExactly(DifferenceClass.MISSING_IN_LIVE);
        assertThat(both.anomalies()).containsExactly(TimeAnomaly.STAMPED_BEFORE);
        Selection only =
                rules(choice(List.of(), List.of("stamped-ahead"), List.of())).selection();
        assertThat(only.classes()).isEmpty();
        assertThat(only.anomalies()).containsExactly(TimeAnomaly.STAMPED_AHEAD);
        assertThat(rules(NOTHING).selection().anomalies()).isEmpty();
    }

    @Test
    void keysAreRangesOfATableSeveralOfWhichAddUp() {
        Choice choice = choice(List.of(), List.of(), List.of("orders=1..10", "orders=a=b..b", "items=..z", "x=1..1"));
        assertThat(rules(choice).selection().keys())
                .hasSize(3)
                .containsEntry(TableName.of("orders!"), List.of(new KeyRange("1", "10"), new KeyRange("a=b", "b")))
                .containsEntry(TableName.of("items!"), List.of(new KeyRange("", "z")))
                .containsEntry(TableName.of("x!"), List.of(new KeyRange("1", "1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "orders=", "orders=1", "orders=1.2", "=1..2", "1..2", "a..b=3", ""})
    void keysOfNoSuchFormAreRefused(String keys) {
        assertThatThrownBy(() -> rules(choice(List.of(), List.of(), List.of(keys))))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-4", "--keys", "\"" + keys + "\"", "TABLE=FROM..TO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t=a..b..c", "t=a...b", "t=....", "t=..a..b"})
    void keysThatCanBeReadAsMoreThanOneRangeAreRefused(String keys) {
        assertThatThrownBy(() -> rules(choice(List.of(), List.of(), List.of(keys))))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-400", "--keys", keys, "..");
    }

    @Test
    void aWindowOfDamageIsTwoInstants() {
        Choice choice = window("2026-11-20T02:10:00Z/2026-11-20T02:30:00Z");
        assertThat(rules(choice).selection().writtenWithin())
                .contains(new TimeWindow(Instant.parse("2026-11-20T02:10:00Z"), Instant.parse("2026-11-20T02:30:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T02:10:00Z", "/", "2026-11-20T02:10:00Z/", "today/tomorrow", "a/b/c", ""})
    void aWindowOfNoSuchFormIsRefused(String window) {
        assertThatThrownBy(() -> rules(window(window)))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-400", "--damaged-within");
    }

    @Test
    void aWindowThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> rules(window("2026-11-20T02:30:00Z/2026-11-20T02:10:00Z")))
                .hasMessageContaining("LB-401");
    }

    @Test
    void aWindowNeedsAColumnWithTimes() {
        Choice choice = window("2026-11-20T02:10:00Z/2026-11-20T02:30:00Z");
        assertThatThrownBy(() -> choice.rules(ChoiceTest::named, NOW, Optional.empty(), Optional.empty()))
                .hasMessageContainingAll("LB-400", "--damaged-within", "--explained-by");
    }

    @ParameterizedTest
    @CsvSource({"keep-live, KEEP_LIVE", "take-copy, TAKE_COPY", "newest-wins, NEWEST_WINS"})
    void thePolicyIsChosenByItsWord(String word, ChangedOnBothSides policy) {
        assertThat(rules(bothSides(word)).bothSides()).isEqualTo(policy);
    }

    @Test
    void otherWordsAreRefused() {
        assertThatThrownBy(() -> rules(bothSides("TAKE_COPY")))
                .hasMessageContainingAll("LB-400", "--changed-on-both-sides \"TAKE_COPY\"", "keep-live");
        assertThatThrownBy(() -> rules(choice(List.of(), List.of("removed"), List.of())))
                .hasMessageContainingAll("LB-400", "--classes \"removed\"", "missing", "changed", "unexpected");
    }

    @Test
    void graceIsNoLessThanNothing() {
        assertThat(rules(grace(0)).grace()).isZero();
        assertThatThrownBy(() -> rules(grace(-1))).hasMessageContainingAll("LB-400", "--grace \"-1\"");
    }

    /// Milliseconds typed for seconds would explain whatever damage is younger than a year.
    @Test
    void graceIsNoMoreThanADay() {
        assertThat(rules(grace(86_400)).grace()).isEqualTo(Duration.ofDays(1));
        assertThatThrownBy(() -> rules(grace(86_401)))
                .hasMessageContainingAll("LB-400", "--grace \"86401\"", "0 to 86,400 seconds");
    }

    @Test
    void aPurgeNamesTableColumnAndInstant() {
        assertThat(purged("sales.orders.closed_at<2026-01-01T00:00:00Z").purges(ChoiceTest::named))
                .containsExactly(new Rules.PurgeRule(
                        TableName.of("sales.orders!"), "closed_at", Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(rules(purged("o.c<2026-01-01T00:00:00Z")).purges()).hasSize(1);
    }

    /// A row tells one time of a purge: held against the instant of another column it would explain what was never
    /// purged.
    @Test
    void aTableHasOnePurgeForItsRowsTellOneTime() {
        Choice two = purged("o.created_at<2020-01-01T00:00:00Z", "o.closed_at<2026-01-01T00:00:00Z");
        assertThatThrownBy(() -> two.purges(ChoiceTest::named))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-400", "--purged", "o.closed_at<2026-01-01T00:00:00Z", "one rule a table");
        assertThat(purged("o.c<2020-01-01T00:00:00Z", "p.c<2026-01-01T00:00:00Z")
                        .purges(ChoiceTest::named))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders", "orders<2026-01-01T00:00:00Z", ".c<2026-01-01T00:00:00Z", "o.c", "o.c<x", "<", ""})
    void aPurgeOfNoSuchFormIsRefused(String purge) {
        assertThatThrownBy(() -> purged(purge).purges(ChoiceTest::named))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-4", "--purged");
    }

    @Test
    void fieldsAreNamedAsTheyWereTyped() {
        Choice inJson = new Choice(List.of(), List.of(), List.of(), Optional.empty(), "x", false, 5, List.of(), "");
        assertThatThrownBy(() -> rules(inJson)).hasMessageContaining("changedOnBothSides \"x\"");
    }

    private static Rules rules(Choice choice) {
        return choice.rules(ChoiceTest::named, NOW, Optional.of("updated_at"), Optional.of(POINT));
    }

    private static TableName named(String typed) {
        return TableName.of(typed + "!");
    }

    private static Choice choice(List<String> tables, List<String> classes, List<String> keys) {
        return new Choice(tables, classes, keys, Optional.empty(), Choice.KEEP_LIVE, false, 5, List.of(), "--");
    }

    private static Choice window(String window) {
        return new Choice(
                List.of(), List.of(), List.of(), Optional.of(window), Choice.KEEP_LIVE, false, 5, List.of(), "--");
    }

    private static Choice bothSides(String policy) {
        return new Choice(List.of(), List.of(), List.of(), Optional.empty(), policy, true, 5, List.of(), "--");
    }

    private static Choice grace(long seconds) {
        return new Choice(
                List.of(), List.of(), List.of(), Optional.empty(), Choice.KEEP_LIVE, false, seconds, List.of(), "--");
    }

    private static Choice purged(String... purges) {
        return new Choice(
                List.of(), List.of(), List.of(), Optional.empty(), Choice.KEEP_LIVE, false, 5, List.of(purges), "--");
    }
}
