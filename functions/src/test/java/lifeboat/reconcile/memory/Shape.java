package lifeboat.reconcile.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;

/// Draws tables, and rows that fit them.
public final class Shape {
    /// Whose state the copy holds.
    public static final Instant POINT = Instant.parse("2026-11-20T02:00:00Z");

    private final RandomGenerator random;
    private final Traits traits;
    private int values;

    Shape(RandomGenerator random, Traits traits) {
        this.random = random;
        this.traits = traits;
    }

    List<MemoryTable> tables() {
        List<MemoryTable> tables = new ArrayList<>();
        int count = 1 + random.nextInt(traits.names().size());
        for (int i = 0; i < count; i++) {
            TableName name = new TableName(traits.schema(), traits.names().get(i));
            int keyParts = List.of(1, 1, 1, 2, 0).get(random.nextInt(traits.hasKeyless() ? 5 : 4));
            List<TableName> parents = new ArrayList<>(tables.stream()
                    .filter(table -> table.keyParts() == 1)
                    .map(MemoryTable::name)
                    .toList());
            if (keyParts == 1) {
                parents.add(name);
            }
            Optional<TableName> parent = parents.isEmpty() || !traits.hasConstraints() || random.nextInt(3) == 0
                    ? Optional.empty()
                    : Optional.of(parents.get(random.nextInt(parents.size())));
            tables.add(new MemoryTable(
                    name,
                    keyParts,
                    keyParts > 0 && traits.hasConstraints() && random.nextBoolean(),
                    parent,
                    random.nextInt(4) > 0,
                    traits.hasExpiry() && random.nextInt(4) == 0));
        }
        return tables;
    }

    MemorySide filled(List<MemoryTable> tables) {
        MemorySide side = new MemorySide(tables);
        for (MemoryTable table : tables) {
            int rows = random.nextInt(14);
            for (int i = 0; i < rows; i++) {
                add(side, table, row(side, table, "" + i, POINT.minusSeconds(60 + random.nextInt(3600))));
            }
        }
        return side;
    }

    /// Puts a row where it belongs, once more where the table has no key.
    static boolean add(MemorySide side, MemoryTable table, MemoryRow row) {
        Place place = new Place(table.name(), row.key(table));
        Optional<Rows> there = side.at(place);
        if (table.hasKey() && there.isPresent()) {
            return false;
        }
        return side.write(
                place, Optional.of(new Rows(row, there.map(Rows::count).orElse(0L) + 1)));
    }

    MemoryRow row(Store side, MemoryTable table, String key, Instant at) {
        Map<String, String> columns = new HashMap<>();
        if (table.keyParts() > 0) {
            columns.put(MemoryTable.KEY, key);
        }
        if (table.keyParts() > 1) {
            columns.put(MemoryTable.SECOND_KEY, "" + random.nextInt(3));
        }
        if (random.nextInt(5) > 0) {
            columns.put(MemoryTable.UNIQUE, "u" + values++);
        }
        parent(side, table).ifPresent(parent -> columns.put(MemoryTable.PARENT, parent));
        columns.put(MemoryTable.VALUE, table.hasKey() ? value() : "bag " + random.nextInt(4));
        if (!table.hasKey()) {
            columns.remove(MemoryTable.UNIQUE);
            columns.remove(MemoryTable.PARENT);
        }
        if (table.hasTime() && random.nextInt(12) > 0) {
            columns.put(
                    MemoryTable.TIME,
                    table.hasKey() ? at.toString() : POINT.minusSeconds(600).toString());
        }
        if (table.hasExpiry() && random.nextBoolean()) {
            columns.put(MemoryTable.EXPIRY, expiry().toString());
        }
        if (random.nextInt(3) == 0) {
            columns.put(
                    MemoryTable.CLOSED,
                    POINT.minusSeconds(random.nextInt(1, 3) * 86_400L).toString());
        }
        return MemoryRow.of(columns);
    }

    /// Around now, or what a store of items takes for a mistake and does not remove.
    private Instant expiry() {
        return switch (random.nextInt(8)) {
            case 0 -> Instant.EPOCH;
            case 1 -> POINT.minus(Duration.ofDays(6 * 365));
            default -> POINT.plusSeconds(random.nextInt(-2, 3) * 3600L);
        };
    }

    /// A row of the parent that is there; empty: NULL.
    Optional<String> parent(Store side, MemoryTable table) {
        if (table.parent().isEmpty() || random.nextInt(4) == 0) {
            return Optional.empty();
        }
        List<RowKey> keys = List.copyOf(side.keys(table.parent().get()));
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(keys.get(random.nextInt(keys.size())).parts().getFirst());
    }

    /// A value that nobody wrote before, now and then a large one.
    String value() {
        String value = "v" + values++ + "\"\n\u2028é";
        return random.nextInt(traits.largeValues()) == 0 ? value.repeat(traits.largeValue() / value.length()) : value;
    }

    String unique() {
        return "u" + values++;
    }
}
