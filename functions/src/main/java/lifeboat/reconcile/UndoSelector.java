package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lifeboat.failure.Failure;

/// Says which entries of an undo log are undone. The whole log is read and checked before the first row is.
///
/// An entry counts when its transaction is known to be committed: by its mark, or by what the store says. One that was
/// rolled back is nothing. Of the rest nobody knows; they are listed, and undone only when named.
public final class UndoSelector {
    private final Repairs store;
    private final ArchiveUndoLog log;
    private final PlanId plan;
    private final Map<Integer, String> damaged = new TreeMap<>();
    private final List<LoggedEntry> counted = new ArrayList<>();
    private final Map<LoggedEntry, Boolean> uncertain = new LinkedHashMap<>();

    public UndoSelector(Repairs store, ArchiveUndoLog log, PlanId plan) {
        this.store = store;
        this.log = log;
        this.plan = plan;
    }

    /// Checks the log and chooses.
    ///
    /// @throws Refused where there is none, where it is not what the repair wrote, or where what is named cannot be
    ///     undone; nothing was written to live
    public UndoSelection select(UndoEntries entries) throws Refused {
        List<LoggedEntry> all = log.entries();
        if (all.isEmpty()) {
            throw new Refused(new Refusal(
                    "LB-416",
                    "the undo log of plan \"%s\" is empty: nothing was written by it from here".formatted(plan),
                    "check the id and --plans"));
        }
        all.forEach(entry -> look(entry, entries));
        refuseDamaged(all, entries);
        refuseUnknownNames(all, entries);
        List<UndoTarget> targets = new ArrayList<>();
        for (LoggedEntry entry : counted.reversed()) {
            if (entries.includes(entry.number())) {
                boolean unknownToo = entries.named().isPresent();
                entry.files().reversed().forEach(file -> targets.add(new UndoTarget(file, unknownToo)));
            }
        }
        return new UndoSelection(targets, entries.named().isPresent() ? List.of() : left());
    }

    /// Nothing is asked of the store about entries that are not named.
    private void look(LoggedEntry entry, UndoEntries entries) {
        try {
            Optional<TransactionName> transaction = entry.check();
            Fate fate = fate(entry, transaction);
            boolean named = entries.named().isPresent() && entries.includes(entry.number());
            if (fate == Fate.COMMITTED || (named && fate == Fate.UNKNOWN)) {
                counted.add(entry);
            }
            if (fate == Fate.UNKNOWN || entry.is(UndoMark.ANSWERED)) {
                uncertain.put(entry, entry.is(UndoMark.ANSWERED));
            }
        } catch (UndoFile.Damaged e) {
            damaged.put(entry.number(), Failure.text(e));
        }
    }

    private Fate fate(LoggedEntry entry, Optional<TransactionName> transaction) {
        if (entry.is(UndoMark.ROLLED_BACK)) {
            return Fate.ROLLED_BACK;
        }
        if (entry.ended()) {
            return Fate.COMMITTED;
        }
        Fate fate = transaction.map(store::fate).orElse(Fate.UNKNOWN);
        if (fate != Fate.UNKNOWN) {
            log.noteEnd(entry, fate);
        }
        return fate;
    }

    private void refuseDamaged(List<LoggedEntry> all, UndoEntries entries) throws Refused {
        Optional<String> missing;
        try {
            missing = log.missing(all);
        } catch (UndoFile.Damaged e) {
            missing = Optional.of(Failure.text(e));
        }
        boolean named = entries.named().isPresent();
        Set<Integer> bad = new TreeSet<>(damaged.keySet());
        bad.removeIf(number -> named && !entries.includes(number));
        if (bad.isEmpty() && (named || missing.isEmpty())) {
            return;
        }
        List<String> seen = new ArrayList<>();
        missing.ifPresent(seen::add);
        bad.forEach(number -> seen.add("entry %d: %s".formatted(number, damaged.get(number))));
        throw new Refused(new Refusal(
                "LB-465",
                "the undo log of plan \"%s\" is not what the repair wrote: %s".formatted(plan, String.join("; ", seen)),
                "find out who changed the archive; entries that are whole can be undone by name: --entries=%s"
                        .formatted(UndoEntries.text(numbers(counted)))));
    }

    private void refuseUnknownNames(List<LoggedEntry> all, UndoEntries entries) throws Refused {
        Set<Integer> wrong = new TreeSet<>(entries.named().orElse(Set.of()));
        wrong.removeAll(numbers(counted));
        if (!wrong.isEmpty()) {
            throw new Refused(new Refusal(
                    "LB-466",
                    "entries %s cannot be undone: they were rolled back, or the undo log of plan \"%s\" has none of that number"
                            .formatted(UndoEntries.text(wrong), plan),
                    "name some of the %,d that it has".formatted(all.size())));
        }
    }

    private static Set<Integer> numbers(List<LoggedEntry> entries) {
        Set<Integer> numbers = new TreeSet<>();
        entries.forEach(entry -> numbers.add(entry.number()));
        return numbers;
    }

    /// Rows of which nobody knows, but for those that a later try is known to have written.
    private List<LeftEntry> left() {
        Map<Integer, Map<TableName, Set<RowKey>>> rows = new TreeMap<>();
        uncertain.forEach((entry, answered) -> rows.put(entry.number(), uncertainRows(entry, answered)));
        rows.values().removeIf(Map::isEmpty);
        if (!rows.isEmpty()) {
            counted.forEach(entry -> dropWritten(entry, rows));
        }
        List<LeftEntry> left = new ArrayList<>();
        rows.forEach((number, tables) -> tables.forEach((table, keys) -> {
            if (!keys.isEmpty()) {
                left.add(new LeftEntry(
                        number,
                        Optional.of(table),
                        keys.size(),
                        List.copyOf(keys),
                        "nobody knows whether the repair wrote them"));
            }
        }));
        return left;
    }

    private Map<TableName, Set<RowKey>> uncertainRows(LoggedEntry entry, boolean answered) {
        Map<TableName, Set<RowKey>> rows = new HashMap<>();
        for (String file : entry.files()) {
            try {
                ArchiveUndoLog.Batch batch = log.batch(new UndoTarget(file, true));
                Set<RowKey> keys = new LinkedHashSet<>();
                batch.rows().forEach(row -> keys.add(row.key()));
                if (answered) {
                    keys.retainAll(entry.unknown(batch.table()));
                }
                if (!keys.isEmpty()) {
                    rows.computeIfAbsent(batch.table(), table -> new LinkedHashSet<>())
                            .addAll(keys);
                }
            } catch (UndoFile.Damaged e) {
                throw new IllegalStateException("entry %d was whole a moment ago".formatted(entry.number()), e);
            }
        }
        return rows;
    }

    private void dropWritten(LoggedEntry entry, Map<Integer, Map<TableName, Set<RowKey>>> rows) {
        for (String file : entry.files()) {
            try {
                Set<RowKey> keys = new HashSet<>();
                TableName table =
                        entry.read(file, row -> keys.add(row.key())).head().table();
                keys.removeAll(entry.dropped(table));
                keys.removeAll(entry.unknown(table));
                rows.forEach((number, tables) -> {
                    if (number < entry.number() && tables.containsKey(table)) {
                        tables.getOrDefault(table, Set.of()).removeAll(keys);
                    }
                });
            } catch (UndoFile.Damaged e) {
                throw new IllegalStateException("entry %d was whole a moment ago".formatted(entry.number()), e);
            }
        }
    }
}
