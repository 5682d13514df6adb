package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Left;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.TimeAnomaly;
import lifeboat.reconcile.Verdict;
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemRepairs;
import lifeboat.reconcile.items.ItemScans;
import lifeboat.reconcile.items.KeySchema;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;

/// What a repair does to a live table: exactly what was planned, whatever the items hold.
class TableRepairContractTest extends TwoTables {
    @Test
    void aRepairMakesLiveEqualToTheCopyAndAnUndoMakesItWhatItWas() {
        damage(150);
        var before = items(live);
        var plan = plan(Rules.plain(NOW));

        assertThat(repair(plan, table(live)).skipped()).isEmpty();
        assertThat(items(live)).isEqualTo(items(copy));
        assertThat(plan(Rules.plain(NOW)).counts().unexplained()).isZero();

        var back = repairs(table(live));
        assertThat(back.take("undo")).isEmpty();
        assertThat(undo.written()).hasSameSizeAs(undo.kept());
        assertThat(back.undo(TABLE, undo.written()).written())
                .isEqualTo(undo.kept().size());
        assertThat(items(live)).isEqualTo(before).isNotEqualTo(items(copy));
    }

    @Test
    void aRepairThatIsDoneTwiceWritesOnce() {
        damage(100);
        var plan = plan(Rules.plain(NOW));
        var first = repair(plan, table(live));
        var second = repair(plan, table(live));
        assertThat(first.written()).isEqualTo(plan.counts().repairs()).isPositive();
        assertThat(second.written()).isZero();
        assertThat(second.alreadyDone()).isEqualTo(first.written());
    }

    @Test
    void aCopyThatIsNoLongerWhatWasApprovedIsNotWritten() {
        put(copy, "a", "v", "old");
        put(live, "a", "v", "bad");
        var plan = plan(Rules.plain(NOW));
        put(copy, "a", "v", "other");
        assertThat(repair(plan, table(live)).skipped())
                .singleElement()
                .matches(skipped -> skipped.why() == Why.COPY_CHANGED_SINCE);
    }

    @Test
    void everyTypeOfAttributeCanBeGuarded() {
        var random = new SplittableRandom(11);
        var values = new RandomItems(random);
        IntStream.range(0, 150).forEach(i -> {
            var item = new HashMap<String, AttributeValue>();
            IntStream.range(0, 5).forEach(n -> item.put(values.name(), values.value(3)));
            item.put("id", AttributeValue.fromS("k" + i));
            ItemTables.put(dynamoDb, live, List.of(item));
            if (i % 3 > 0) {
                var other = new HashMap<>(item);
                other.put("v" + i, values.value(1));
                other.put(values.name(), values.value(2));
                other.put("id", item.get("id"));
                ItemTables.put(dynamoDb, copy, List.of(other));
            }
        });
        assertThat(repair(plan(Rules.plain(NOW)), table(live)).skipped()).isEmpty();
        assertThat(items(live)).isEqualTo(items(copy));
    }

    @Test
    void itemsOfFourHundredKilobytesAreRepairedAndTakenBack() {
        var large = "x".repeat(399_000);
        put(copy, "changed", "v", large, "missing", "v", large);
        put(live, "changed", "v", large.replace('x', 'y'), "unexpected", "v", large);
        var before = items(live);
        assertThat(repair(plan(Rules.plain(NOW)), table(live)).written()).isEqualTo(3);
        assertThat(items(live)).isEqualTo(items(copy));
        var back = repairs(table(live));
        assertThat(back.take("undo")).isEmpty();
        back.undo(TABLE, undo.written());
        assertThat(items(live)).isEqualTo(before);
    }

    @Test
    void anItemTooWideToGuardIsSkippedAndSaid() {
        var wide = new HashMap<String, AttributeValue>();
        IntStream.range(0, 400).forEach(i -> wide.put("a" + i, AttributeValue.fromS("")));
        wide.put("id", AttributeValue.fromS("wide"));
        ItemTables.put(dynamoDb, live, List.of(wide));
        assertThat(repair(plan(Rules.plain(NOW)), table(live)).skipped())
                .singleElement()
                .matches(skipped -> skipped.why() == Why.CANNOT_BE_GUARDED);
        assertThat(items(live)).containsKey("[S, wide]");
    }

    /// An index that live got later has a key of another type than an old item holds there.
    @Test
    void anItemThatDynamoDbRefusesIsSkippedAndStopsNoOther() {
        IntStream.range(0, 150).forEach(id -> put(copy, "k" + id, "v", "good"));
        ItemTables.put(dynamoDb, copy, List.of(item("odd", "email", AttributeValue.fromN("7"))));
        live = tableWithIndex(live + "-indexed", "email");
        put(live, "k3", "v", "bad");
        var plan = plan(Rules.plain(NOW));
        var outcome = repair(plan, table(live));
        assertThat(outcome.written()).isEqualTo(150);
        assertThat(outcome.skipped())
                .singleElement()
                .matches(skipped -> skipped.why() == Why.REFUSED_BY_CONSTRAINT)
                .matches(skipped -> skipped.key().equals(RowKey.of("odd")));
        assertThat(undo.written()).hasSize(150);
        assertThat(undo.unknown()).isEmpty();
        assertThat(items(live)).hasSize(150).doesNotContainKey("[S, odd]");
    }

    private String tableWithIndex(String name, String attribute) {
        dynamoDb.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        id -> id.attributeName("id").attributeType("S"),
                        key -> key.attributeName(attribute).attributeType("S"))
                .keySchema(id -> id.attributeName("id").keyType("HASH"))
                .globalSecondaryIndexes(index -> index.indexName("by-" + attribute)
                        .keySchema(key -> key.attributeName(attribute).keyType("HASH"))
                        .projection(projection -> projection.projectionType("ALL"))));
        return name;
    }

    @Test
    void aTableIsNotComparedWithItself() {
        put(live, "a", "v", "damaged");
        assertThatThrownBy(() -> new ItemComparison(
                        table(live), table(live), Optional.empty(), List.of(), new ItemScans(3, 2, 100)))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("LB-421", live);
    }

    @Test
    void aPlanOfAnotherLiveOrAnotherCopyIsRefused() {
        put(copy, "a", "v", "old");
        var plan = plan(Rules.plain(NOW));
        var elsewhere = ItemTables.table(dynamoDb, "elsewhere", KEY);
        assertRefused(repairs(table(elsewhere)), plan, "LB-441");
        assertRefused(repairs(table(elsewhere), table(live)), plan, "LB-441");
        assertThat(repairs(table(live)).refuses(plan)).isEmpty();
        assertThat(items(live)).as("asking writes nothing").isEmpty();
    }

    @Test
    void aPlanOfATableThatHasAnotherKeyNowIsRefused() {
        put(copy, "a", "v", "old");
        var plan = plan(Rules.plain(NOW));
        var header = plan.header();
        var otherKey = new RepairPlan.Header(
                header.environment(),
                header.copy(),
                header.live(),
                header.createdAt(),
                header.rules(),
                ItemTables.key("other", KeySchema.Type.S).toString());
        var planned = new RepairPlan(plan.id(), otherKey, plan.tables(), plan.chunks(), plan.findings(), plan.notes());
        assertRefused(repairs(table(live)), planned, "LB-442");
    }

    private static void assertRefused(ItemRepairs repairs, RepairPlan plan, String code) {
        assertThat(repairs.refuses(plan))
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void goodWritesExpiredItemsAndTheRestAreToldApart() {
        dynamoDb.updateTimeToLive(ttl -> ttl.tableName(live)
                .timeToLiveSpecification(on -> on.attributeName("ttl").enabled(true)));
        var past = NOW.minusSeconds(60).getEpochSecond();
        ItemTables.put(
                dynamoDb,
                copy,
                List.of(
                        item("expired", "ttl", AttributeValue.fromN("" + past)),
                        item("alive", "ttl", AttributeValue.fromN("" + (past + 3600))),
                        item("good", "updatedAt", AttributeValue.fromS("2023-11-14T22:00:00Z")),
                        item("bad", "updatedAt", AttributeValue.fromS("2023-11-14T22:00:00Z"))));
        ItemTables.put(
                dynamoDb,
                live,
                List.of(
                        item("good", "updatedAt", AttributeValue.fromS("2023-11-14T23:00:00Z")),
                        item("bad", "updatedAt", AttributeValue.fromS("2023-11-14T21:00:00Z")),
                        item("new", "updatedAt", AttributeValue.fromN("" + NOW.toEpochMilli()))));
        var counts = plan(rulesBy("updatedAt")).counts();
        assertThat(counts.left()).isEqualTo(Map.of(Left.EXPIRED, 1L, Left.WRITTEN_SINCE, 2L));
        assertThat(counts.toRepair())
                .isEqualTo(Map.of(DifferenceClass.MISSING_IN_LIVE, 1L, DifferenceClass.CHANGED, 1L));
    }

    @Test
    void whatDynamoDbWouldNotHaveDeletedIsMissing() {
        dynamoDb.updateTimeToLive(ttl -> ttl.tableName(live)
                .timeToLiveSpecification(on -> on.attributeName("ttl").enabled(true)));
        var now = NOW.getEpochSecond();
        var fiveYears = Duration.ofDays(5 * 365).toSeconds();
        ItemTables.put(
                dynamoDb,
                copy,
                List.of(
                        item("just", "ttl", AttributeValue.fromN("" + now)),
                        item("nearly five years", "ttl", AttributeValue.fromN("" + (now - fiveYears))),
                        item("over five years", "ttl", AttributeValue.fromN("" + (now - fiveYears - 1))),
                        item("0", "ttl", AttributeValue.fromN("0")),
                        item("1", "ttl", AttributeValue.fromN("1")),
                        item("before 1970", "ttl", AttributeValue.fromN("-5")),
                        item("fraction", "ttl", AttributeValue.fromN(now - 60 + ".5")),
                        item("milliseconds", "ttl", AttributeValue.fromN("" + (now - 60) * 1000)),
                        item("text", "ttl", AttributeValue.fromS("" + (now - 60))),
                        item("set", "ttl", AttributeValue.fromNs(List.of("" + (now - 60)))),
                        item("huge", "ttl", AttributeValue.fromN("1E+120")),
                        item("other attribute", "TTL", AttributeValue.fromN("" + (now - 60)))));
        var plan = plan(Rules.plain(NOW));
        assertThat(plan.counts().left()).isEqualTo(Map.of(Left.EXPIRED, 2L));
        assertThat(plan.counts().toRepair()).isEqualTo(Map.of(DifferenceClass.MISSING_IN_LIVE, 10L));
    }

    @Test
    void itemsStampedBeforeThePointInTimeAreNeitherExpectedNorRepairedUnlessNamed() {
        var good = AttributeValue.fromS("2023-11-14T21:00:00Z");
        var bad = AttributeValue.fromS("2023-11-14T22:00:00Z"); // the point in time is 22:30
        ItemTables.put(
                dynamoDb,
                copy,
                IntStream.range(0, 100)
                        .mapToObj(i -> item("" + i, "updatedAt", good))
                        .toList());
        ItemTables.put(
                dynamoDb,
                live,
                IntStream.rangeClosed(0, 100)
                        .mapToObj(i -> item("" + i, "updatedAt", i >= 10 ? bad : good))
                        .toList());
        var plan = plan(rulesBy("updatedAt"));
        assertThat(plan.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(plan.counts().left()).isEqualTo(Map.of(Left.STAMPED_BEFORE, 91L));
        assertThat(plan.counts().repairs()).isZero();
        var named = new Selection(Set.of(), Map.of(), Optional.empty(), Set.of(), Set.of(TimeAnomaly.STAMPED_BEFORE));
        assertThat(plan(rulesBy("updatedAt", named)).counts().toRepair())
                .isEqualTo(Map.of(DifferenceClass.CHANGED, 90L, DifferenceClass.UNEXPECTED_IN_LIVE, 1L));
    }

    @Test
    void anItemTooWideToGuardIsRepairedByTheAttributeThatExplainsDifferences() {
        var wide = new HashMap<String, AttributeValue>();
        IntStream.range(0, 400).forEach(i -> wide.put("a" + i, AttributeValue.fromS("")));
        wide.put("id", AttributeValue.fromS("wide"));
        wide.put("updatedAt", AttributeValue.fromN("1700000000"));
        ItemTables.put(dynamoDb, copy, List.of(wide));
        wide.put("a7", AttributeValue.fromS("bad"));
        ItemTables.put(dynamoDb, live, List.of(wide));
        assertThat(repair(plan(rulesBy("updatedAt")), table(live)).skipped()).isEmpty();
        assertThat(items(live)).isEqualTo(items(copy)).isNotEmpty();
    }

    @Test
    void theNewestWriteOfATableIsFoundByTheFirstTimeThatAnItemHas() {
        ItemTables.put(
                dynamoDb,
                copy,
                List.of(
                        item("a", "updatedAt", AttributeValue.fromN("1700000000")),
                        item("b", "changed at", AttributeValue.fromS("2023-11-14T22:13:21Z")),
                        item("c", "other", AttributeValue.fromN("1900000000"))));
        assertThat(new NewestItem(dynamoDb, copy, "changed at, updatedAt").writtenAt())
                .contains(Instant.ofEpochSecond(1_700_000_001L));
        assertThat(new NewestItem(dynamoDb, copy, "absent").writtenAt()).isEmpty();
    }
}
