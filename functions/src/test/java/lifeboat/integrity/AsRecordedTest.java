package lifeboat.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.Test;

/// What a copy that is compared with a record of live proves. Rows are numbers; each has a content and a time.
class AsRecordedTest {
    private static final Instant READ = Instant.parse("2026-11-20T05:00:00Z");
    private static final Instant LONG_AGO = READ.minusSeconds(86_400);
    private static final Instant POINT = READ.plusSeconds(3_600);
    private static final Instant BETWEEN = READ.plusSeconds(600);

    private final Map<Integer, Row> recorded = new HashMap<>();
    private final Map<Integer, Row> copy = new HashMap<>();
    private boolean exact = true;
    private boolean few;

    private record Row(int content, Optional<Instant> at) {
        Row(int content, Instant at) {
            this(content, Optional.of(at));
        }
    }

    AsRecordedTest() {
        for (var key = 0; key < 2_000; key++) {
            both(key, new Row(key, LONG_AGO));
        }
    }

    @Test
    void equalContentPasses() {
        assertThat(outcome()).isInstanceOf(Passed.class);
        assertThat(outcome().seen())
                .isEqualTo("orders: 2,000 rows recorded at 2026-11-20T05:00:00Z, 2,000 in the copy as of"
                        + " 2026-11-20T06:00:00Z; 2,000 of the recorded rows are the same");
    }

    @Test
    void oneRowThatChangedWithoutAWriteFailsHoweverManyWereWritten() {
        for (var key = 0; key < 400; key++) {
            copy.put(key, new Row(-1, BETWEEN));
        }
        assertThat(outcome()).isInstanceOf(Observed.class);
        copy.put(777, new Row(-1, LONG_AGO));
        assertThat(outcome()).isInstanceOf(Failed.class);
        assertThat(outcome().seen())
                .contains("1,599 of the recorded rows", "1 differ though", "400 were written since");
    }

    @Test
    void rowFromNowhereFails() {
        copy.put(9_999, new Row(1, LONG_AGO));
        assertThat(outcome()).isInstanceOf(Failed.class);
    }

    @Test
    void aTimeAfterThePointIsImpossibleInACopyAndExplainsNothing() {
        for (var key = 0; key < 300; key++) {
            copy.put(10_000 + key, new Row(key, Instant.parse("2099-01-01T00:00:00Z")));
        }
        for (var key = 0; key < 2_000; key++) {
            copy.remove(key);
        }
        assertThat(outcome()).isInstanceOf(Failed.class);
        exact = false;
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
    }

    @Test
    void clocksMayDifferByAMinute() {
        copy.put(1, new Row(-1, POINT.plusSeconds(60)));
        assertThat(outcome()).isInstanceOf(Observed.class);
        copy.put(1, new Row(-1, POINT.plusSeconds(61)));
        assertThat(outcome()).isInstanceOf(Failed.class);
        copy.put(1, new Row(-1, READ.minusSeconds(60)));
        assertThat(outcome()).isInstanceOf(Failed.class);
        copy.put(1, new Row(-1, READ.minusSeconds(59)));
        assertThat(outcome()).isInstanceOf(Observed.class);
    }

    @Test
    void aTimeAfterThePointThatLiveHeldTooIsNoDifference() {
        both(5, new Row(5, Instant.parse("2099-01-01T00:00:00Z")));
        assertThat(outcome()).isInstanceOf(Passed.class);
        copy.put(5, new Row(6, Instant.parse("2099-01-01T00:00:00Z")));
        assertThat(outcome()).isInstanceOf(Failed.class);
    }

    @Test
    void newRowsDoNotHideLostOnes() {
        for (var key = 0; key < 500; key++) {
            copy.put(10_000 + key, new Row(key, BETWEEN));
        }
        assertThat(outcome()).isInstanceOf(Observed.class);
        copy.remove(7);
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
        assertThat(outcome().seen()).contains("1 are gone, which may be a delete", "500 were written since");
        for (var key = 0; key < 1_900; key++) {
            copy.remove(key);
        }
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
        assertThat(outcome().seen()).contains("of a sample of one key in 16", "are gone");
    }

    @Test
    void emptyCopyOfATableWithRowsFails() {
        copy.clear();
        assertThat(outcome()).isInstanceOf(Failed.class);
        recorded.clear();
        assertThat(outcome()).isInstanceOf(Passed.class);
    }

    @Test
    void aRecordThatMostOfTheCopyIsNewerThanProvesTooLittle() {
        for (var key = 0; key < 2_000; key++) {
            copy.put(10_000 + key, new Row(key, BETWEEN));
        }
        assertThat(outcome()).isInstanceOf(Observed.class);
        copy.put(20_000, new Row(0, BETWEEN));
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
        assertThat(outcome().seen()).contains("2,000 of the recorded rows are the same", "more than half of the copy");
    }

    @Test
    void newRowsWhoseKeysAreTooManyToKeepHideNothing() {
        for (var key = 2_000; key < 9_000; key++) {
            both(key, new Row(key, LONG_AGO));
        }
        for (var key = 0; key < 5_000; key++) {
            copy.put(10_000 + key, new Row(key, BETWEEN));
        }
        few = true;
        assertThat(outcome()).isInstanceOf(Observed.class);
        copy.put(1, new Row(-1, READ));
        assertThat(outcome()).isInstanceOf(Observed.class);
        copy.put(2, new Row(-1, BETWEEN));
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
        assertThat(outcome().seen()).contains("of a sample of one key in 16");
        copy.put(3, new Row(-1, LONG_AGO));
        assertThat(outcome()).isInstanceOf(Failed.class);
    }

    @Test
    void damageOfMoreRowsThanCanBeToldStillFails() {
        for (var key = 0; key < 2_000; key++) {
            copy.put(key, new Row(-1, LONG_AGO));
        }
        assertThat(outcome()).isInstanceOf(Failed.class);
        assertThat(outcome().seen()).contains("of a sample");
    }

    @Test
    void moreWritesThanCanBeToldProveNothing() {
        for (var key = 0; key < 2_000; key++) {
            copy.put(key, new Row(-1, BETWEEN));
        }
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
    }

    @Test
    void anOlderVersionOfARowThanTheRecordedOneFails() {
        recorded.put(5, new Row(2, READ));
        copy.put(5, new Row(1, READ.minusSeconds(59)));
        assertThat(outcome()).isInstanceOf(Observed.class);
        recorded.put(5, new Row(2, READ.plusSeconds(2)));
        assertThat(outcome()).isInstanceOf(Failed.class);
    }

    @Test
    void rowsWithoutATimeProveOnlyWhenTheyAreTheSame() {
        both(5, new Row(1, Optional.empty()));
        assertThat(outcome()).isInstanceOf(Passed.class);
        copy.put(5, new Row(2, Optional.empty()));
        assertThat(outcome()).isInstanceOf(Inconclusive.class);
        assertThat(outcome().seen()).contains("1 differ and tell no time");
        copy.put(5, new Row(2, BETWEEN));
        assertThat(outcome()).isInstanceOf(Observed.class);
    }

    @Test
    void contentOfAnotherRuleOrOfAfterThePointIsNotCompared() {
        var before = content(recorded, Optional.empty(), READ);
        var after = content(recorded, Optional.empty(), POINT.plusSeconds(1));
        var other = new TableContent(
                "orders", "another", before.count(), before.sketch(), before.since(), before.newest(), READ, READ);
        assertThat(AsRecorded.outcome("content", before, other, subject())).isInstanceOf(Inconclusive.class);
        assertThat(AsRecorded.outcome("content", after, before, subject())).isInstanceOf(Inconclusive.class);
    }

    @Test
    void countsThatContradictEachOtherProveNothing() {
        var before = content(recorded, Optional.empty(), READ);
        var more =
                new TableContent("orders", "rule", 2_001, before.sketch(), before.since(), before.newest(), READ, READ);
        assertThat(AsRecorded.outcome("content", before, more, subject())).isInstanceOf(Inconclusive.class);
    }

    @Test
    void onlyThePresenceOfSomeTablesIsCompared() {
        var there = TableContent.present("orders", "a materialized view", READ);
        assertThat(AsRecorded.outcome("content", there, there, subject()))
                .isEqualTo(new Passed("content", "orders is there; its rows are not compared: a materialized view"));
    }

    /// Random tables and random histories with random damage: whatever is damaged never passes, nor is it observed.
    @Test
    void damageNeverPassesAndHonestWritesNeverFail() {
        var random = new Random(20261128);
        for (var round = 0; round < 300; round++) {
            recorded.clear();
            copy.clear();
            var size = 1 + random.nextInt(800);
            for (var key = 0; key < size; key++) {
                both(key, new Row(key, LONG_AGO.minusSeconds(random.nextInt(100_000))));
            }
            List<Consumer<Random>> honest = List.of(
                    dice -> copy.put(dice.nextInt(size), new Row(-1, READ.plusSeconds(1L + dice.nextInt(3_599)))),
                    dice -> copy.put(
                            size + dice.nextInt(size), new Row(-1, READ.plusSeconds(1L + dice.nextInt(3_599)))));
            var writes = random.nextInt(1 + size / 4);
            for (var i = 0; i < writes; i++) {
                honest.get(random.nextInt(2)).accept(random);
            }
            var sound = outcome();
            assertThat(sound).as("round %d: %s", round, sound.seen()).isInstanceOfAny(Passed.class, Observed.class);
            damage(random, size);
            assertThat(outcome())
                    .as("round %d: %s", round, outcome().seen())
                    .isInstanceOfAny(Failed.class, Inconclusive.class);
        }
    }

    private void damage(Random random, int size) {
        var untouched = new ArrayList<>(recorded.keySet());
        untouched.removeIf(key -> !recorded.get(key).equals(copy.get(key)));
        var key = untouched.isEmpty() ? -1 : untouched.get(random.nextInt(untouched.size()));
        switch (key < 0 ? 2 : random.nextInt(4)) {
            case 0 -> copy.put(key, new Row(-2, recorded.get(key).at()));
            case 1 -> copy.remove(key);
            case 2 -> copy.put(5 * size, new Row(-2, LONG_AGO));
            default -> copy.put(key, new Row(-2, POINT.plusSeconds(61L + random.nextInt(1_000_000))));
        }
    }

    private void both(int key, Row row) {
        recorded.put(key, row);
        copy.put(key, row);
    }

    private Outcome outcome() {
        var before = content(recorded, Optional.empty(), READ);
        var after = content(copy, Optional.of(AsRecorded.since(before, POINT)), POINT);
        return AsRecorded.outcome("content", before, few ? after.forTheLedger() : after, subject());
    }

    private static TableContent content(Map<Integer, Row> rows, Optional<TableContent.Since> since, Instant at) {
        var content = new TableContent.Rows(since);
        rows.forEach((key, row) -> content.add(
                new RowDigest(key * 0x9E3779B97F4A7C15L, (key * 31L + row.content()) * 0xBF58476D1CE4E5B9L, row.at())));
        return content.content("orders", "rule", at, at);
    }

    private Subject subject() {
        return new Subject(
                new Resource.DynamoDbTable(new ResourceName("orders"), "orders", Optional.empty(), List.of()),
                new CopyName("lifeboat-drill-1-orders"),
                POINT,
                POINT,
                Subject.LiveTrust.ABSENT,
                exact);
    }
}
