package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.UndoRowsInMemory;
import lifeboat.reconcile.items.GuardedWrite;
import lifeboat.reconcile.items.Item;
import lifeboat.reconcile.items.ItemKey;
import lifeboat.reconcile.items.ItemRepairs;
import lifeboat.reconcile.items.ItemTable;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.items.ScanSegment;
import lifeboat.reconcile.items.TableShape;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Repairs that are not alone, and repairs that die: never is a row overwritten that someone else has written since.
class ConcurrentRepairContractTest extends TwoTables {
    @Test
    void whatSomeoneWroteSinceTheComparisonStaysAndIsSkipped() {
        put(copy, "changed", "v", "old", "removed", "v", "old", "deleted", "v", "old");
        put(live, "changed", "v", "bad", "deleted", "v", "bad", "unexpected", "v", "bad");
        var plan = plan(Rules.plain(NOW));
        put(live, "changed", "v", "good", "removed", "v", "good", "unexpected", "v", "good");
        dynamoDb.deleteItem(delete -> delete.tableName(live).key(Map.of("id", AttributeValue.fromS("deleted"))));
        var since = items(live);

        var outcome = repair(plan, table(live));

        assertThat(items(live)).isEqualTo(since);
        assertThat(outcome.written()).isZero();
        assertThat(outcome.skipped()).hasSize(4).allMatch(skipped -> skipped.why() == Why.LIVE_CHANGED_SINCE);
    }

    @Test
    void anAttributeAddedInTheLastInstantSurvivesAChange() {
        put(live, "a", "v", "bad");
        var write = write("a", "bad", Optional.of("old"));
        addAttribute("a");
        assertThat(table(live).write(write)).isInstanceOf(ItemTable.Written.Done.class);
        assertThat(items(live).get("[S, a]"))
                .containsEntry("v", List.of("S", "old"))
                .containsEntry("late", List.of("S", "x"));
    }

    @Test
    void anItemThatGotAnAttributeInTheLastInstantIsNotRemoved() {
        put(live, "a", "v", "bad");
        var write = write("a", "bad", Optional.empty());
        addAttribute("a");
        assertThat(table(live).write(write)).isInstanceOf(ItemTable.Written.ChangedSince.class);
        assertThat(items(live).get("[S, a]")).containsEntry("late", List.of("S", "x"));
    }

    @Test
    void aRepairThatDiesAnywhereIsFinishedByTheNext() {
        damage(150);
        var plan = plan(Rules.plain(NOW));
        var dies = new SplittableRandom(5);
        for (var attempt = 0; attempt < 3; attempt++) { // writers side by side do more than one attempt counts
            var writes = new AtomicInteger(dies.nextInt(20));
            assertThatThrownBy(() -> repair(plan, new DyingTable(table(live), writes)))
                    .hasMessage("killed");
        }
        repair(plan, table(live));
        assertThat(items(live)).isEqualTo(items(copy));
    }

    @Test
    void ofTwoRepairsAtOnceEachRowIsWrittenByOne() {
        damage(150);
        var plan = plan(Rules.plain(NOW));
        var others = new LocalArchive(folder.resolve("other"));
        var other = CompletableFuture.supplyAsync(() -> repair(
                plan, table(live), new RepairLease(others, table(live).shape().identity(), InstantSource.fixed(NOW))));
        var one = repair(plan, table(live));
        var total = one.plus(other.join());
        assertThat(items(live)).isEqualTo(items(copy));
        assertThat(total.skipped()).isEmpty();
        assertThat(total.written() + total.alreadyDone())
                .isEqualTo(2 * plan.counts().repairs());
    }

    @Test
    void whoComesSecondIsToldWhoRepairs() {
        var first = repairs(table(live));
        var second = repairs(table(live));
        assertThat(first.take("plan 1, ann on bastion")).isEmpty();
        assertThat(second.take("plan 2, bob")).contains("plan 1, ann on bastion");
        assertThatThrownBy(() -> second.repair(TABLE, DifferenceClass.CHANGED, List.of(), new UndoRowsInMemory()))
                .hasMessageContaining("right to");
        first.close();
        assertThat(second.take("plan 2, bob")).isEmpty();
    }

    @Test
    void aLeaseThatIsNotRenewedGoesToTheNextAndTheFirstStops() {
        var now = new ArrayList<>(List.of(NOW));
        InstantSource clock = () -> now.getLast();
        var identity = table(live).shape().identity();
        var first = new ItemRepairs(
                table(copy), table(live), new RepairLease(archive, identity, clock), Optional.empty(), 2);
        var second = new ItemRepairs(
                table(copy), table(live), new RepairLease(archive, identity, clock), Optional.empty(), 2);
        assertThat(first.take("ann")).isEmpty();
        now.add(NOW.plus(Duration.ofMinutes(1)));
        first.differing(TABLE, DifferenceClass.CHANGED, List.of());
        assertThat(second.take("bob")).contains("ann");
        now.add(NOW.plus(Duration.ofMinutes(3)));
        assertThat(second.take("bob")).isEmpty();
        assertThatThrownBy(() -> first.repair(TABLE, DifferenceClass.CHANGED, List.of(), new UndoRowsInMemory()))
                .hasMessageContaining("bob");
    }

    @Test
    void theLeaseOfOneThatIsKnownToBeDeadGoesToTheNextAtOnce() {
        var identity = table(live).shape().identity();
        var clock = InstantSource.fixed(NOW);
        var first = new RepairLease(archive, identity, clock);
        var second = new RepairLease(archive, identity, clock, "ann"::equals);
        assertThat(repairs(first).take("ann")).isEmpty();
        assertThat(repairs(second).take("bob")).isEmpty();
        assertThat(repairs(new RepairLease(archive, identity, clock, "ann"::equals))
                        .take("cyd"))
                .contains("bob");
    }

    private ItemRepairs repairs(RepairLease lease) {
        return new ItemRepairs(table(copy), table(live), lease, Optional.empty(), 2);
    }

    @Test
    void writersDuringTheComparisonMakeNoFalseDifference() {
        damage(300);
        var damaged = plan(Rules.plain(NOW)).counts().repairs();
        var done = new AtomicBoolean();
        var writer = CompletableFuture.supplyAsync(() -> writeUntil(done));
        var plan = plan(rulesBy("updatedAt"));
        done.set(true);
        var written = writer.join();

        var planned = new HashSet<String>();
        rows(plan, row -> planned.add(row.key().parts().getFirst()));
        assertThat(planned).as("good writes are never planned").doesNotContainAnyElementsOf(written);
        assertThat(plan.counts().repairs()).isBetween(damaged - written.size(), damaged);
        assertThat(written).isNotEmpty();
    }

    private Set<String> writeUntil(AtomicBoolean done) {
        var written = new HashSet<String>();
        for (var i = 0; !done.get() || i < 20; i++) {
            var id = "good" + i % 200;
            ItemTables.put(
                    dynamoDb,
                    live,
                    List.of(item(id, "updatedAt", AttributeValue.fromN("" + (NOW.getEpochSecond() + i)))));
            written.add(id);
        }
        return written;
    }

    /// A table whose writer is killed after some writes.
    private record DyingTable(ItemTable table, AtomicInteger writes) implements ItemTable {
        @Override
        public TableShape shape() {
            return table.shape();
        }

        @Override
        public SegmentScan scan(ScanSegment segment, long seed, Set<String> told) {
            return table.scan(segment, seed, told);
        }

        @Override
        public Map<ItemKey, Item> read(Collection<ItemKey> keys) {
            return table.read(keys);
        }

        @Override
        public Optional<Instant> newestWrite(String attributes) {
            return Optional.empty();
        }

        @Override
        public Optional<Refusal> refusesWrites() {
            return Optional.empty();
        }

        @Override
        public Written write(GuardedWrite write) {
            if (writes.getAndDecrement() == 0) {
                table.write(write);
                throw new IllegalStateException("killed");
            }
            return table.write(write);
        }
    }
}
