package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.UndoLog;
import lifeboat.reconcile.postgres.Transactions.Done;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.TablePair;

/// Writes rows that stand in each other's way: unique values that change places, rows that refer to each other in a
/// circle, a parent under a new key. No order helps them, so one statement writes them all, and the database judges
/// its constraints at the end of it.
final class Together {
    /// How often the rows that others keep from being written are taken out before the rest is given up.
    private static final int ROUNDS = 10;

    private final Connection live;
    private final List<ForeignKey> keys;
    private final Function<TablePair, KeyedBatch> batches;
    private final Function<TableName, Boolean> canReplace;
    private final Transactions transactions;

    /// Rows of live.
    ///
    /// @param batches makes a fresh batch for every try
    /// @param canReplace whether rows of a table may be deleted and inserted again: no trigger sees it
    Together(
            Connection live,
            List<ForeignKey> keys,
            Function<TablePair, KeyedBatch> batches,
            Function<TableName, Boolean> canReplace,
            Transactions transactions) {
        this.live = live;
        this.keys = keys;
        this.batches = batches;
        this.canReplace = canReplace;
        this.transactions = transactions;
    }

    /// Writes what can be written in one transaction.
    ///
    /// @param changes of tables with a key
    /// @param notes where each table's rows are noted
    /// @return what became of each table's rows; empty: live refuses them all, and nothing was written
    Optional<Map<TableName, BatchOutcome>> run(Map<TablePair, List<Change>> changes, Function<TableName, Note> notes) {
        Map<TablePair, List<Change>> open = new LinkedHashMap<>(changes);
        Optional<UndoLog> log =
                notes.apply(changes.keySet().iterator().next().name()).log();
        Map<TableName, List<Skipped>> withdrawn = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            try {
                Done<Map<TableName, BatchOutcome>> done =
                        transactions.inside(names(open), log, recorder -> once(open, notes, recorder));
                return Optional.of(merged(besides(done), withdrawn));
            } catch (Withdrawn e) {
                if (!takenOut(open, e, withdrawn)) {
                    return Optional.empty();
                }
            } catch (SQLException e) {
                if (Transactions.isFatal(e)) {
                    throw new StoreFailed("repairing rows that wait for each other", e);
                }
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// What triggers wrote besides is told with any of the tables.
    private static Map<TableName, BatchOutcome> besides(Done<Map<TableName, BatchOutcome>> done) {
        Map<TableName, BatchOutcome> outcomes = new HashMap<>(done.outcome());
        done.outcome().keySet().stream()
                .findFirst()
                .ifPresent(
                        table -> outcomes.computeIfPresent(table, (name, outcome) -> outcome.with(done.sideEffects())));
        return outcomes;
    }

    private static Set<TableName> names(Map<TablePair, List<Change>> changes) {
        return changes.keySet().stream().map(TablePair::name).collect(Collectors.toSet());
    }

    private static boolean takenOut(
            Map<TablePair, List<Change>> open, Withdrawn by, Map<TableName, List<Skipped>> withdrawn) {
        open.replaceAll((pair, changes) -> pair.name().equals(by.table())
                ? changes.stream()
                        .filter(change -> !by.keys().contains(change.key()))
                        .toList()
                : changes);
        by.keys()
                .forEach(key -> withdrawn
                        .computeIfAbsent(by.table(), table -> new ArrayList<>())
                        .add(new Skipped(key, by.why())));
        return !by.keys().isEmpty() && open.values().stream().anyMatch(changes -> !changes.isEmpty());
    }

    private static Map<TableName, BatchOutcome> merged(
            Map<TableName, BatchOutcome> outcomes, Map<TableName, List<Skipped>> withdrawn) {
        Map<TableName, BatchOutcome> merged = new HashMap<>(outcomes);
        withdrawn.forEach((table, skipped) -> merged.merge(table, new BatchOutcome(0, 0, skipped), BatchOutcome::plus));
        return merged;
    }

    private Map<TableName, BatchOutcome> once(
            Map<TablePair, List<Change>> changes, Function<TableName, Note> notes, UndoRecorder recorder)
            throws SQLException {
        Map<TableName, Part> parts = new LinkedHashMap<>();
        for (Map.Entry<TablePair, List<Change>> entry : changes.entrySet()) {
            TablePair pair = entry.getKey();
            KeyedBatch batch = batches.apply(pair);
            List<Change> due = batch.look(entry.getValue(), notes.apply(pair.name()), true, recorder);
            parts.put(pair.name(), new Part(pair, new Rows(live, pair), batch, due, new HashSet<>()));
        }
        for (Part part : parts.values()) {
            withdrawReferred(part, parts);
            chooseReplaced(part);
        }
        List<Part> all = List.copyOf(parts.values());
        List<Set<RowKey>> written = new OneStatement(live).write(all);
        Map<TableName, BatchOutcome> outcomes = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Part part = all.get(i);
            part.batch.confirmAll(part.due, written.get(i));
            recorder.wrote(
                    part.pair.name(),
                    part.insertedLast().size(),
                    part.changedInPlace().size(),
                    part.deletedFirst().size());
            outcomes.put(part.pair.name(), part.batch.outcome(part.due.size()));
        }
        return outcomes;
    }

    /// A row that is deleted, or loses a value, while a row refers to it that is not written here, stays.
    private void withdrawReferred(Part part, Map<TableName, Part> parts) throws SQLException {
        for (ForeignKey key : keys) {
            if (!key.parent().equals(part.pair.name())) {
                continue;
            }
            Set<RowKey> ends = new HashSet<>(part.rows.referredByOldValues(part.updates(), key));
            part.deletes().forEach(change -> ends.add(change.key()));
            Set<RowKey> held = heldByOthers(part, List.copyOf(ends), key, parts.get(key.child()));
            if (!held.isEmpty()) {
                throw new Withdrawn(part.pair.name(), held, Why.REFUSED_BY_CONSTRAINT);
            }
        }
    }

    private static Set<RowKey> heldByOthers(
            Part part, List<RowKey> ends, ForeignKey key, @org.jspecify.annotations.Nullable Part children)
            throws SQLException {
        if (children == null) {
            return part.rows.referred(ends, key);
        }
        Set<RowKey> written = children.due.stream().map(Change::key).collect(Collectors.toSet());
        return part.rows.children(ends, key, children.pair).entrySet().stream()
                .filter(entry -> !written.containsAll(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /// Changed rows are replaced, so that their unique values can change places; but not where anything would follow
    /// the deletion.
    private void chooseReplaced(Part part) throws SQLException {
        if (!canReplace.apply(part.pair.name())) {
            return;
        }
        List<RowKey> changed = part.updates().stream().map(Change::key).toList();
        part.replaced.addAll(changed);
        for (ForeignKey key : keys) {
            if (key.parent().equals(part.pair.name()) && !key.replaceable()) {
                part.replaced.removeAll(part.rows.referred(changed, key));
            }
        }
    }

    /// The rows of one table.
    ///
    /// @param due rows that are written
    /// @param replaced of these, those that are deleted and inserted again
    record Part(TablePair pair, Rows rows, KeyedBatch batch, List<Change> due, Set<RowKey> replaced) {
        List<Change> deletes() {
            return due.stream().filter(change -> change.target().isEmpty()).toList();
        }

        List<Change> updates() {
            return due.stream()
                    .filter(change ->
                            change.expected().isPresent() && change.target().isPresent())
                    .toList();
        }

        List<Change> deletedFirst() {
            return due.stream()
                    .filter(change -> change.target().isEmpty() || replaced.contains(change.key()))
                    .toList();
        }

        List<Change> changedInPlace() {
            return updates().stream()
                    .filter(change -> !replaced.contains(change.key()))
                    .toList();
        }

        List<Change> insertedLast() {
            return due.stream()
                    .filter(change -> change.expected().isEmpty() || replaced.contains(change.key()))
                    .toList();
        }
    }
}
