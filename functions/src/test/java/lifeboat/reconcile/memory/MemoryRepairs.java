package lifeboat.reconcile.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Fate;
import lifeboat.reconcile.PlannedRow;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TransactionName;
import lifeboat.reconcile.UndoEntry;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.memory.MemoryServer.Commit;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;
import lifeboat.reconcile.memory.MemorySide.Transaction;
import lifeboat.reconcile.memory.MemorySide.Written;

/// The writing side of a store in memory: as careful as [Repairs] asks for, and killed at any step.
final class MemoryRepairs implements Repairs {
    private final MemorySide copy;
    private final MemoryServer server;
    private final MemorySide live;
    private final Mortal mortal;
    private boolean held;

    MemoryRepairs(MemorySide copy, MemoryServer server, Mortal mortal) {
        this.copy = copy;
        this.server = server;
        this.live = server.live();
        this.mortal = mortal;
    }

    @Override
    public Optional<Refusal> refuses(RepairPlan plan) {
        mortal.step();
        return plan.header().structure().equals(MemoryComparison.STRUCTURE)
                ? Optional.empty()
                : Optional.of(new Refusal("LB-420", "another structure", "compare again"));
    }

    @Override
    public Optional<String> take(String who) {
        mortal.step();
        if (server.memory().holder.isPresent()) {
            return server.memory().holder;
        }
        server.memory().holder = Optional.of(who);
        held = true;
        return Optional.empty();
    }

    @Override
    public int batchRows() {
        return server.habits().batchRows();
    }

    @Override
    public Fate fate(TransactionName transaction) {
        mortal.step();
        return server.fate(transaction);
    }

    @Override
    public BatchOutcome repair(TableName table, DifferenceClass kind, List<PlannedRow> rows, UndoLog undo) {
        mortal.step();
        Map<Place, Wish> wishes = new LinkedHashMap<>();
        rows.forEach(row -> wishes.put(new Place(table, row.key()), wish(table, row)));
        Sorted sorted = sorted(wishes);
        if (sorted.todo.isEmpty()) {
            return sorted.outcome(table, Set.of());
        }
        return server.habits().transactions()
                ? inTransaction(table, kind, sorted, undo)
                : rowByRow(table, kind, sorted, undo);
    }

    /// What a row must still be, and what it shall become.
    private record Wish(Optional<String> seen, long seenCount, Optional<Rows> wanted) {
        /// How many rows it writes: as many as come or go, or one that changes.
        long rows() {
            long more = wanted.map(Rows::count).orElse(0L) - seenCount;
            return more == 0 ? 1 : Math.abs(more);
        }

        boolean isSeen(Optional<Rows> now) {
            return now.map(rows -> rows.row().digest()).equals(seen)
                    && now.map(Rows::count).orElse(0L) == seenCount;
        }
    }

    private Wish wish(TableName table, PlannedRow row) {
        Optional<Rows> wanted = copy.at(new Place(table, row.key()));
        if (!wanted.map(rows -> rows.row().digest()).equals(row.copy())
                || wanted.map(Rows::count).orElse(0L) != row.copyCount()) {
            throw new AssertionError("the plan wants of the copy what it does not hold: " + row);
        }
        return new Wish(row.live(), row.liveCount(), wanted);
    }

    private static Wish wish(UndoRow row) {
        return new Wish(
                row.after(),
                row.afterCount(),
                row.before().map(text -> new Rows(MemoryRow.read(text), row.beforeCount())));
    }

    /// Rows of a batch, by what live holds now.
    private static final class Sorted {
        final Map<Place, Wish> todo = new LinkedHashMap<>();
        final List<Skipped> skipped = new ArrayList<>();
        final Map<TableName, Long> done = new LinkedHashMap<>();

        BatchOutcome outcome(TableName table, Set<Place> refused) {
            long written = todo.entrySet().stream()
                    .filter(due -> due.getKey().table().equals(table) && !refused.contains(due.getKey()))
                    .mapToLong(due -> due.getValue().rows())
                    .sum();
            List<Skipped> all = new ArrayList<>(skipped);
            refused.stream()
                    .filter(place -> place.table().equals(table))
                    .forEach(place -> all.add(new Skipped(place.key(), Why.REFUSED_BY_CONSTRAINT)));
            return new BatchOutcome(written, done.getOrDefault(table, 0L), all);
        }
    }

    private Sorted sorted(Map<Place, Wish> wishes) {
        Sorted sorted = new Sorted();
        wishes.forEach((place, wish) -> {
            Optional<Rows> now = live.at(place);
            if (now.equals(wish.wanted())) {
                sorted.done.merge(place.table(), wish.rows(), Long::sum);
            } else if (!wish.isSeen(now)) {
                sorted.skipped.add(new Skipped(place.key(), Why.LIVE_CHANGED_SINCE));
            } else if (server.habits().rewritten().contains(place)) {
                sorted.skipped.add(new Skipped(place.key(), Why.REWRITTEN_BY_TRIGGER));
            } else {
                sorted.todo.put(place, wish);
            }
        });
        return sorted;
    }

    private BatchOutcome inTransaction(TableName table, DifferenceClass kind, Sorted sorted, UndoLog undo) {
        TransactionName name = server.next();
        Transaction transaction = live.begin();
        boolean ended = false;
        try {
            sorted.todo.keySet().forEach(transaction::lock);
            mortal.step();
            UndoEntry entry = undo.begin(Optional.of(name));
            entry.keep(table, kind, undoRows(sorted.todo));
            Set<Place> refused = new LinkedHashSet<>();
            sorted.todo.forEach((place, wish) -> {
                if (!transaction.write(place, wish.wanted())) {
                    refused.add(place);
                }
            });
            if (!refused.isEmpty()) {
                entry.narrowed(table, remaining(sorted.todo, refused));
            }
            mortal.step();
            ended = true;
            noted(entry, commit(transaction, name));
            return sorted.outcome(table, refused);
        } finally {
            if (!ended) {
                transaction.rollBack(); // the server does, when the connection is gone
                server.memory().fates.put(name, Fate.ROLLED_BACK);
            }
        }
    }

    private static Set<RowKey> remaining(Map<Place, Wish> todo, Set<Place> refused) {
        return todo.keySet().stream()
                .filter(place -> !refused.contains(place))
                .map(Place::key)
                .collect(Collectors.toSet());
    }

    private Commit commit(Transaction transaction, TransactionName name) {
        List<Written> written = transaction.commit();
        server.memory().fates.put(name, Fate.COMMITTED);
        Commit commit = new Commit(written, server.habits().remembersFates());
        server.memory().repairs.add(commit);
        mortal.step(); // the answer of the server can be lost
        return commit;
    }

    private static void noted(UndoEntry entry, Commit commit) {
        commit.endAsked = true;
        entry.committed();
        commit.endNoted = true;
    }

    /// As a store without transactions does: each row answers for itself, and an answer can be lost.
    private BatchOutcome rowByRow(TableName table, DifferenceClass kind, Sorted sorted, UndoLog undo) {
        UndoEntry entry = undo.begin(Optional.empty());
        entry.keep(table, kind, undoRows(sorted.todo));
        Set<RowKey> written = new HashSet<>();
        List<Commit> commits = new ArrayList<>();
        List<Skipped> changed = new ArrayList<>();
        Set<Place> refused = new LinkedHashSet<>();
        sorted.todo.forEach((place, wish) -> {
            mortal.step();
            Optional<Rows> was = live.at(place);
            if (!wish.isSeen(was)) {
                changed.add(new Skipped(place.key(), Why.LIVE_CHANGED_SINCE));
            } else if (live.write(place, wish.wanted())) {
                Commit commit = new Commit(List.of(new Written(place, was, wish.wanted())), false);
                server.memory().repairs.add(commit);
                commits.add(commit);
                mortal.step();
                written.add(place.key());
            } else {
                refused.add(place);
            }
        });
        commits.forEach(commit -> commit.endAsked = true);
        entry.answered(table, written, Set.of());
        commits.forEach(commit -> commit.endNoted = true);
        changed.forEach(skipped -> sorted.todo.remove(new Place(table, skipped.key())));
        sorted.skipped.addAll(changed);
        return sorted.outcome(table, refused);
    }

    private List<UndoRow> undoRows(Map<Place, Wish> todo) {
        return todo.entrySet().stream()
                .map(entry -> {
                    Optional<Rows> was = live.at(entry.getKey());
                    Optional<Rows> wanted = entry.getValue().wanted();
                    return new UndoRow(
                            entry.getKey().key(),
                            was.map(rows -> rows.row().text()),
                            was.map(rows -> rows.row().digest()),
                            was.map(Rows::count).orElse(0L),
                            wanted.map(rows -> rows.row().digest()),
                            wanted.map(Rows::count).orElse(0L));
                })
                .toList();
    }

    @Override
    public Optional<Map<TableName, BatchOutcome>> together(Map<TableName, List<PlannedRow>> rows, UndoLog undo) {
        mortal.step();
        if (!server.habits().together()) {
            return Optional.empty();
        }
        Map<Place, Wish> wishes = new LinkedHashMap<>();
        rows.forEach((table, some) -> some.forEach(row -> wishes.put(new Place(table, row.key()), wish(table, row))));
        return Optional.of(atOnce(wishes, rows.keySet(), Optional.of(undo)));
    }

    @Override
    public Optional<Map<TableName, BatchOutcome>> undoTogether(Map<TableName, List<UndoRow>> rows) {
        mortal.step();
        if (!server.habits().together()) {
            return Optional.empty();
        }
        Map<Place, Wish> wishes = new LinkedHashMap<>();
        rows.forEach((table, some) -> some.forEach(row -> wishes.put(new Place(table, row.key()), wish(row))));
        return Optional.of(atOnce(wishes, rows.keySet(), Optional.empty()));
    }

    /// Writes all rows, then takes back those that break a constraint, until none does.
    private Map<TableName, BatchOutcome> atOnce(
            Map<Place, Wish> wishes, Set<TableName> tables, Optional<UndoLog> undo) {
        Map<TableName, Sorted> byTable = new LinkedHashMap<>();
        tables.forEach(table -> {
            Map<Place, Wish> some = new LinkedHashMap<>();
            wishes.forEach((place, wish) -> {
                if (place.table().equals(table)) {
                    some.put(place, wish);
                }
            });
            byTable.put(table, sorted(some));
        });
        Map<Place, Wish> todo = new LinkedHashMap<>();
        byTable.values().forEach(sorted -> todo.putAll(sorted.todo));
        TransactionName name = server.next();
        Transaction transaction = live.begin();
        boolean ended = false;
        try {
            todo.keySet().forEach(transaction::lock);
            Optional<UndoEntry> entry = undo.map(log -> log.begin(Optional.of(name)));
            entry.ifPresent(kept -> byTable.forEach(
                    (table, sorted) -> kept.keep(table, DifferenceClass.CHANGED, undoRows(sorted.todo))));
            Set<Place> refused = withdrawn(transaction, todo);
            entry.filter(kept -> !refused.isEmpty())
                    .ifPresent(kept ->
                            byTable.forEach((table, sorted) -> kept.narrowed(table, remaining(sorted.todo, refused))));
            mortal.step();
            ended = true;
            entry.ifPresentOrElse(kept -> noted(kept, commit(transaction, name)), () -> commitUndo(transaction));
            Map<TableName, BatchOutcome> outcomes = new LinkedHashMap<>();
            byTable.forEach((table, sorted) -> outcomes.put(table, sorted.outcome(table, refused)));
            return outcomes;
        } finally {
            if (!ended) {
                transaction.rollBack();
                server.memory().fates.put(name, Fate.ROLLED_BACK);
            }
        }
    }

    private Set<Place> withdrawn(Transaction transaction, Map<Place, Wish> todo) {
        Set<Place> refused = new LinkedHashSet<>();
        todo.forEach((place, wish) -> transaction.setUnchecked(place, wish.wanted()));
        for (Optional<Place> wrong = wrong(todo, refused); wrong.isPresent(); wrong = wrong(todo, refused)) {
            transaction.revert(wrong.get());
            refused.add(wrong.get());
        }
        return refused;
    }

    /// A row of ours that breaks a constraint, or stands in the way of one that was taken back.
    private Optional<Place> wrong(Map<Place, Wish> todo, Set<Place> refused) {
        Optional<Place> broken = todo.keySet().stream()
                .filter(place -> !refused.contains(place) && live.violates(place))
                .findFirst();
        return broken.isPresent() || refused.stream().noneMatch(live::violates)
                ? broken
                : todo.keySet().stream()
                        .filter(place -> !refused.contains(place))
                        .findFirst();
    }

    @Override
    public BatchOutcome undo(TableName table, List<UndoRow> rows) {
        mortal.step();
        Map<Place, Wish> wishes = new LinkedHashMap<>();
        rows.forEach(row -> wishes.put(new Place(table, row.key()), wish(row)));
        Sorted sorted = sorted(wishes);
        Transaction transaction = live.begin();
        boolean ended = false;
        try {
            sorted.todo.keySet().forEach(transaction::lock);
            Set<Place> refused = new LinkedHashSet<>();
            sorted.todo.forEach((place, wish) -> {
                if (!transaction.write(place, wish.wanted())) {
                    refused.add(place);
                }
            });
            mortal.step();
            ended = true;
            commitUndo(transaction);
            return sorted.outcome(table, refused);
        } finally {
            if (!ended) {
                transaction.rollBack();
            }
        }
    }

    private void commitUndo(Transaction transaction) {
        server.memory().undos.add(new Commit(transaction.commit(), false));
        mortal.step();
    }

    @Override
    public List<String> settle(RepairPlan plan) {
        mortal.step();
        return List.of();
    }

    @Override
    public List<PlannedRow> differing(TableName table, DifferenceClass kind, List<PlannedRow> rows) {
        mortal.step();
        return rows.stream()
                .filter(row -> !live.at(new Place(table, row.key()))
                        .equals(wish(table, row).wanted()))
                .toList();
    }

    @Override
    public void close() {
        if (held) {
            server.memory().holder = Optional.empty();
        }
    }
}
