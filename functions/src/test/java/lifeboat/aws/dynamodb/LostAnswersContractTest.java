package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import lifeboat.reconcile.ArchiveUndoLog;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.PlanStore;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.UndoPass;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.UndoSelector;
import lifeboat.reconcile.items.GuardedWrite;
import lifeboat.reconcile.items.Item;
import lifeboat.reconcile.items.ItemKey;
import lifeboat.reconcile.items.ItemRepairs;
import lifeboat.reconcile.items.ItemTable;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.items.ScanSegment;
import lifeboat.reconcile.items.TableShape;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// Only an item that a repair is known to have written is undone: whatever becomes of the answers.
class LostAnswersContractTest extends TwoTables {
    @Test
    void whatSomebodyElsePutRightInTheLastInstantIsNotOurs() {
        put(copy, "a", "v", "good", "b", "v", "good");
        put(live, "a", "v", "bad", "b", "v", "bad");
        BatchOutcome outcome = repair(plan(Rules.plain(NOW)), between((table, write) -> {
            if (key(write).equals("a")) {
                put(live, "a", "v", "good");
            }
        }));
        assertThat(outcome.written()).isEqualTo(1);
        assertThat(outcome.alreadyDone()).isEqualTo(1);
        assertThat(undo.written()).extracting(UndoRow::key).containsExactly(RowKey.of("b"));
        assertThat(undo.unknown()).isEmpty();
    }

    @Test
    void aWriteThatIsRepeatedBecauseItsAnswerWasLostIsUnknown() {
        put(copy, "a", "v", "good");
        RepairPlan plan = plan(Rules.plain(NOW));
        AtomicInteger puts = new AtomicInteger();
        try (var losing = ItemTables.builder()
                .overrideConfiguration(client -> client.addExecutionInterceptor(new LosesFirstAnswer(puts)))
                .build()) {
            BatchOutcome outcome = repair(plan, new DynamoDbItemTable(losing, live, true));
            assertThat(outcome.written()).isZero();
        }
        assertThat(puts).hasValue(1);
        assertThat(items(live)).isEqualTo(items(copy));
        assertThat(undo.written()).isEmpty();
        assertThat(undo.unknown()).extracting(UndoRow::key).containsExactly(RowKey.of("a"));
    }

    @Test
    void aRepairThatIsKilledLeavesWhatItWroteUndoableAndTheRestListed() throws Exception {
        put(copy, "a", "v", "good", "b", "v", "good", "c", "v", "good");
        put(live, "a", "v", "bad", "b", "v", "bad", "c", "v", "bad");
        RepairPlan plan = plan(Rules.plain(NOW));
        AtomicInteger writes = new AtomicInteger(1);
        ItemTable dying = between((table, write) -> {
            if (writes.getAndDecrement() <= 0) {
                table.write(write);
                throw new IllegalStateException("killed");
            }
        });
        assertThatThrownBy(() -> logged(plan, dying)).hasMessage("killed");
        try (ItemRepairs store = store(table(live))) {
            var selection = new UndoSelector(store, new ArchiveUndoLog(archive, plan.id()), plan.id())
                    .select(UndoEntries.KNOWN);
            var pass = new UndoPass(store, new ArchiveUndoLog(archive, plan.id()), Progress.SILENT);
            pass.run(selection.targets());
            assertThat(pass.outcomes().values())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.written()).isEqualTo(1));
            assertThat(selection.left())
                    .singleElement()
                    .satisfies(left -> assertThat(left.rows()).isBetween(1L, 2L));
        }
    }

    @Test
    void anEntryThatNothingWasNotedOfIsUnknown() throws Exception {
        put(copy, "a", "v", "good");
        RepairPlan plan = plan(Rules.plain(NOW));
        UndoRow row =
                new UndoRow(RowKey.of("a"), Optional.empty(), Optional.empty(), 0, Optional.of("what is written"), 1);
        new ArchiveUndoLog(archive, plan.id())
                .begin(Optional.empty())
                .keep(TABLE, DifferenceClass.MISSING_IN_LIVE, List.of(row));
        try (ItemRepairs store = store(table(live))) {
            var selection = new UndoSelector(store, new ArchiveUndoLog(archive, plan.id()), plan.id())
                    .select(UndoEntries.KNOWN);
            assertThat(selection.targets()).isEmpty();
            assertThat(selection.left()).hasSize(1);
        }
    }

    private void logged(RepairPlan plan, ItemTable table) throws Exception {
        ArchiveUndoLog log = new ArchiveUndoLog(archive, plan.id());
        try (ItemRepairs store = store(table)) {
            for (var chunk : plan.chunks()) {
                new PlanStore(archive)
                        .rows(plan.id(), chunk, 100, rows -> store.repair(chunk.table(), chunk.kind(), rows, log));
            }
        }
    }

    /// One write at a time, so that the first to fail is the last.
    private ItemRepairs store(ItemTable table) {
        var lease = new RepairLease(archive, table.shape().identity(), InstantSource.fixed(NOW));
        var store = new ItemRepairs(table(copy), table, lease, Optional.empty(), 1);
        assertThat(store.take("test")).isEmpty();
        return store;
    }

    private static String key(GuardedWrite write) {
        return write.wanted()
                .orElseThrow()
                .attributes()
                .get("id")
                .toString()
                .replaceAll(".*[^a-z]([a-z])[^a-z]*$", "$1");
    }

    private ItemTable between(BiConsumer<ItemTable, GuardedWrite> before) {
        return new Interrupted(table(live), before);
    }

    /// A table where something happens in the last instant before each write.
    private record Interrupted(ItemTable table, BiConsumer<ItemTable, GuardedWrite> before) implements ItemTable {
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
            return table.newestWrite(attributes);
        }

        @Override
        public Optional<Refusal> refusesWrites() {
            return table.refusesWrites();
        }

        @Override
        public Written write(GuardedWrite write) {
            before.accept(table, write);
            return table.write(write);
        }
    }

    /// The connection breaks after the first item was put and before the answer arrives.
    private record LosesFirstAnswer(AtomicInteger puts) implements ExecutionInterceptor {
        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            if (context.request() instanceof PutItemRequest
                    && context.httpResponse().isSuccessful()
                    && puts.incrementAndGet() == 1) {
                throw SdkClientException.create("connection reset", new IOException("connection reset"));
            }
        }
    }
}
