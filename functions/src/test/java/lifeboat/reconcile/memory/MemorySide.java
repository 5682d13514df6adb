package lifeboat.reconcile.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;

/// One database: rows, constraints that are checked at each write, and one transaction that can lock rows and be
/// rolled back.
public final class MemorySide implements Store {
    private final Map<TableName, MemoryTable> tables = new LinkedHashMap<>();
    private final Map<TableName, Map<RowKey, Rows>> rows = new HashMap<>();
    private Optional<Transaction> open = Optional.empty();

    MemorySide(List<MemoryTable> tables) {
        for (MemoryTable table : tables) {
            this.tables.put(table.name(), table);
            rows.put(table.name(), new LinkedHashMap<>());
        }
    }

    /// A row, and how often it is there: once, where the table has a key.
    public record Rows(MemoryRow row, long count) {}

    /// Where a row is or would be.
    public record Place(TableName table, RowKey key) {
        @Override
        public String toString() {
            return "%s[%s]".formatted(table, key);
        }
    }

    @Override
    public List<MemoryTable> tables() {
        return List.copyOf(tables.values());
    }

    MemoryTable table(TableName name) {
        return Objects.requireNonNull(tables.get(name));
    }

    @Override
    public Optional<Rows> at(Place place) {
        return Optional.ofNullable(of(place.table()).get(place.key()));
    }

    private Map<RowKey, Rows> of(TableName table) {
        return Objects.requireNonNull(rows.get(table));
    }

    @Override
    public Set<RowKey> keys(TableName table) {
        return of(table).keySet();
    }

    /// Everything, as it stands.
    @Override
    public Map<Place, Rows> all() {
        Map<Place, Rows> all = new LinkedHashMap<>();
        tables.keySet().forEach(table -> of(table).forEach((key, row) -> all.put(new Place(table, key), row)));
        return all;
    }

    void fill(MemorySide other) {
        other.all().forEach((place, row) -> of(place.table()).put(place.key(), row));
    }

    @Override
    public boolean isBusy() {
        return open.isPresent();
    }

    @Override
    public boolean isLocked(Place place) {
        return open.isPresent() && open.get().locked.contains(place);
    }

    /// Writes a row, or removes it.
    ///
    /// @return whether constraints allow it; if not, nothing is written
    @Override
    public boolean write(Place place, Optional<Rows> next) {
        Optional<Rows> was = at(place);
        set(place, next);
        if (violates(place)) {
            set(place, was);
            return false;
        }
        return true;
    }

    /// Writes without asking constraints.
    void set(Place place, Optional<Rows> next) {
        next.ifPresentOrElse(
                row -> of(place.table()).put(place.key(), row),
                () -> of(place.table()).remove(place.key()));
    }

    /// Whether what stands at a place, or that nothing does, breaks a constraint.
    boolean violates(Place place) {
        MemoryTable table = table(place.table());
        Optional<Rows> here = at(place);
        if (here.isEmpty()) {
            return isReferredTo(place);
        }
        MemoryRow row = here.get().row();
        return isOrphan(table, row) || table.hasUnique() && isDuplicate(place, row);
    }

    private boolean isOrphan(MemoryTable table, MemoryRow row) {
        return table.parent().isPresent()
                && row.get(MemoryTable.PARENT)
                        .filter(parent -> !of(table.parent().get()).containsKey(RowKey.of(parent)))
                        .isPresent();
    }

    private boolean isDuplicate(Place place, MemoryRow row) {
        Optional<String> value = row.get(MemoryTable.UNIQUE);
        return value.isPresent()
                && of(place.table()).entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(place.key())
                                && other.getValue()
                                        .row()
                                        .get(MemoryTable.UNIQUE)
                                        .equals(value));
    }

    private boolean isReferredTo(Place place) {
        return tables.values().stream()
                .filter(child -> child.parent().filter(place.table()::equals).isPresent())
                .anyMatch(child -> of(child.name()).values().stream()
                        .anyMatch(row -> row.row()
                                .get(MemoryTable.PARENT)
                                .filter(parent -> RowKey.of(parent).equals(place.key()))
                                .isPresent()));
    }

    Transaction begin() {
        if (open.isPresent()) {
            throw new IllegalStateException("a transaction is open");
        }
        Transaction transaction = new Transaction();
        open = Optional.of(transaction);
        return transaction;
    }

    /// What one transaction wrote.
    ///
    /// @param before what stood there; empty: nothing
    /// @param after what it left there; empty: nothing
    record Written(Place place, Optional<Rows> before, Optional<Rows> after) {}

    /// Writes that are there together or not at all, and rows that nobody else writes meanwhile.
    final class Transaction {
        private final Set<Place> locked = new HashSet<>();
        private final Map<Place, Optional<Rows>> before = new LinkedHashMap<>();

        void lock(Place place) {
            locked.add(place);
        }

        boolean write(Place place, Optional<Rows> next) {
            Optional<Rows> was = at(place);
            if (!MemorySide.this.write(place, next)) {
                return false;
            }
            before.putIfAbsent(place, was);
            return true;
        }

        void setUnchecked(Place place, Optional<Rows> next) {
            before.putIfAbsent(place, at(place));
            set(place, next);
        }

        /// Takes what was written to some places back.
        void revert(Place place) {
            Optional.ofNullable(before.remove(place)).ifPresent(was -> set(place, was));
        }

        List<Written> commit() {
            List<Written> written = new ArrayList<>();
            before.forEach((place, was) -> {
                if (!was.equals(at(place))) {
                    written.add(new Written(place, was, at(place)));
                }
            });
            open = Optional.empty();
            return written;
        }

        void rollBack() {
            before.forEach((place, was) -> set(place, was));
            before.clear();
            open = Optional.empty();
        }
    }
}
