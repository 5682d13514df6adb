package lifeboat.reconcile.items;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import org.jspecify.annotations.Nullable;

/// Puts items of the live table right, one conditional write each.
///
/// There are no transactions of a hundred items in DynamoDB, and none are needed: each write stands for itself,
/// holds only where live still is what the plan saw, and is done once however often it is tried.
public final class ItemRepairs implements Repairs {
    private final ItemTable copy;
    private final ItemTable live;
    private final RepairLease lease;
    private List<String> versions;
    private final int writesAtOnce;

    /// @param version attribute that every write changes, such as `updatedAt`, several with commas; empty: that by
    /// which the plan explains differences, where it does. See {@link GuardedWrite}
    /// @param writesAtOnce how many writes are under way at a time; throttling slows the client down by itself
    public ItemRepairs(ItemTable copy, ItemTable live, RepairLease lease, Optional<String> version, int writesAtOnce) {
        this.copy = copy;
        this.live = live;
        this.lease = lease;
        this.versions = ItemTimes.names(version);
        this.writesAtOnce = writesAtOnce;
    }

    @Override
    public Optional<Refusal> refuses(RepairPlan plan) {
        var header = plan.header();
        if (!header.copy().equals(copy.shape().identity())
                || !header.live().equals(live.shape().identity())) {
            return Optional.of(new Refusal(
                    "LB-441",
                    "the plan is of copy \"%s\" and live \"%s\", not of \"%s\" and \"%s\""
                            .formatted(
                                    header.copy(),
                                    header.live(),
                                    copy.shape().identity(),
                                    live.shape().identity()),
                    "carry it out on the tables that were compared, or compare these"));
        }
        if (!header.structure().equals(live.shape().key().toString())) {
            return Optional.of(new Refusal(
                    "LB-442",
                    "the key of live is now \"%s\", not \"%s\""
                            .formatted(live.shape().key(), header.structure()),
                    "compare again and approve the new plan"));
        }
        if (versions.isEmpty()) {
            versions = ItemTimes.names(header.rules().explainedBy());
        }
        return live.refusesWrites();
    }

    @Override
    public Optional<String> take(String who) {
        return lease.take(who);
    }

    @Override
    public int batchRows() {
        return ItemTable.MOST_KEYS;
    }

    @Override
    public BatchOutcome repair(TableName table, DifferenceClass kind, List<PlannedRow> rows, UndoLog undo) {
        lease.renew();
        var keys = keys(rows.stream().map(PlannedRow::key).toList());
        var batch = new Batch(copy.read(keys), live.read(keys));
        var todo = rows.stream().flatMap(row -> batch.sort(row).stream()).toList();
        if (todo.isEmpty()) {
            return batch.outcome();
        }
        var entry = undo.begin(Optional.empty()); // no transaction spans items: each write answers for itself
        entry.keep(table, kind, todo.stream().map(ItemRepairs::undoRow).toList());
        var answers = new Answers(todo);
        try {
            return write(todo, batch.outcome(), answers);
        } finally {
            entry.answered(table, answers.written(), answers.unknown());
        }
    }

    @Override
    public BatchOutcome undo(TableName table, List<UndoRow> rows) {
        lease.renew();
        var batch = new Batch(
                Map.of(), live.read(keys(rows.stream().map(UndoRow::key).toList())));
        var todo = rows.stream().flatMap(row -> batch.sort(row).stream()).toList();
        return write(todo, batch.outcome(), new Answers(todo));
    }

    private List<ItemKey> keys(List<RowKey> keys) {
        return keys.stream().map(this::itemKey).distinct().toList();
    }

    private ItemKey itemKey(RowKey key) {
        return RowKeys.itemKey(live.shape().key(), key);
    }

    /// A row that is to be written.
    private record Todo(RowKey key, GuardedWrite write) {}

    private static UndoRow undoRow(Todo todo) {
        var before = todo.write.seen();
        return new UndoRow(
                todo.key,
                before.map(ItemText::of),
                before.map(ItemText::digest),
                before.isPresent() ? 1 : 0,
                todo.write.wanted().map(ItemText::digest),
                todo.write.wanted().isPresent() ? 1 : 0);
    }

    private BatchOutcome write(List<Todo> todo, BatchOutcome before, Answers answers) {
        Workers.each(todo, writesAtOnce, one -> {
            answers.begin(one.key);
            answers.said(one.key, live.write(one.write));
        });
        return before.plus(answers.outcome());
    }

    /// What the table said to each write. A write that was begun and got no answer may have happened or not.
    private static final class Answers {
        private final List<RowKey> asked;
        private final Set<RowKey> begun = ConcurrentHashMap.newKeySet();
        private final Map<RowKey, ItemTable.Written> said = new ConcurrentHashMap<>();

        Answers(List<Todo> todo) {
            this.asked = todo.stream().map(Todo::key).toList();
        }

        void begin(RowKey key) {
            begun.add(key);
        }

        void said(RowKey key, ItemTable.Written answer) {
            said.put(key, answer);
        }

        Set<RowKey> written() {
            return asked.stream()
                    .filter(key -> said.get(key) instanceof ItemTable.Written.Done)
                    .collect(Collectors.toSet());
        }

        Set<RowKey> unknown() {
            return begun.stream().filter(key -> answerLost(said.get(key))).collect(Collectors.toSet());
        }

        private static boolean answerLost(ItemTable.@Nullable Written said) {
            return switch (said) {
                case null -> true;
                case ItemTable.Written.Done(), ItemTable.Written.Refused() -> false;
                case ItemTable.Written.AlreadySo(boolean lost) -> lost;
                case ItemTable.Written.ChangedSince(var ignored, boolean lost) -> lost;
            };
        }

        BatchOutcome outcome() {
            List<Skipped> skipped = asked.stream()
                    .flatMap(key -> skipped(said.get(key)).map(why -> new Skipped(key, why)).stream())
                    .toList();
            int written = written().size();
            return new BatchOutcome(written, (long) asked.size() - written - skipped.size(), skipped);
        }

        private static Optional<Why> skipped(ItemTable.@Nullable Written said) {
            return switch (said) {
                case null -> Optional.empty();
                case ItemTable.Written.Done ignored -> Optional.empty();
                case ItemTable.Written.AlreadySo ignored -> Optional.empty();
                case ItemTable.Written.ChangedSince ignored -> Optional.of(Why.LIVE_CHANGED_SINCE);
                case ItemTable.Written.Refused() -> Optional.of(Why.REFUSED_BY_CONSTRAINT);
            };
        }
    }

    @Override
    public List<String> settle(RepairPlan plan) {
        return List.of();
    }

    @Override
    public List<PlannedRow> differing(TableName table, DifferenceClass kind, List<PlannedRow> rows) {
        var now = live.read(keys(rows.stream().map(PlannedRow::key).toList()));
        return rows.stream()
                .filter(row -> !digest(now, row.key()).equals(row.copy()))
                .toList();
    }

    private Optional<String> digest(Map<ItemKey, Item> items, RowKey key) {
        return Optional.ofNullable(items.get(itemKey(key))).map(ItemText::digest);
    }

    @Override
    public void close() {
        lease.close();
    }

    /// What both tables hold under the keys of one batch, and what is to be done about it.
    private final class Batch {
        private final Map<ItemKey, Item> inCopy;
        private final Map<ItemKey, Item> inLive;
        private final List<Skipped> skipped = new ArrayList<>();
        private int alreadyDone;

        Batch(Map<ItemKey, Item> inCopy, Map<ItemKey, Item> inLive) {
            this.inCopy = inCopy;
            this.inLive = inLive;
        }

        BatchOutcome outcome() {
            return new BatchOutcome(0, alreadyDone, skipped);
        }

        /// The copy is looked at first: what it no longer holds is not what was approved, whatever live holds.
        Optional<Todo> sort(PlannedRow row) {
            if (!digest(inCopy, row.key()).equals(row.copy())) {
                skipped.add(new Skipped(row.key(), Why.COPY_CHANGED_SINCE));
                return Optional.empty();
            }
            return todo(row.key(), row.live(), Optional.ofNullable(inCopy.get(itemKey(row.key()))));
        }

        Optional<Todo> sort(UndoRow row) {
            return todo(row.key(), row.after(), row.before().map(ItemText::parse));
        }

        private Optional<String> version(Optional<Item> now) {
            return versions.stream()
                    .filter(name -> now.flatMap(item -> item.attribute(name)).isPresent())
                    .findFirst();
        }

        private Optional<Todo> todo(RowKey row, Optional<String> expected, Optional<Item> wanted) {
            var key = itemKey(row);
            var now = Optional.ofNullable(inLive.get(key));
            if (now.equals(wanted)) {
                alreadyDone++;
                return Optional.empty();
            }
            if (!now.map(ItemText::digest).equals(expected)) {
                skipped.add(new Skipped(row, Why.LIVE_CHANGED_SINCE));
                return Optional.empty();
            }
            return switch (GuardedWrite.between(live.shape().key(), key, now, wanted, version(now))) {
                case GuardedWrite.Guarded.By(var write) -> Optional.of(new Todo(row, write));
                case GuardedWrite.Guarded.Impossible ignored -> {
                    skipped.add(new Skipped(row, Why.CANNOT_BE_GUARDED));
                    yield Optional.empty();
                }
            };
        }
    }
}
