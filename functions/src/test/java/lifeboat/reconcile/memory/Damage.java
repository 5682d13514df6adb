package lifeboat.reconcile.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;
import lifeboat.reconcile.memory.MemorySide.Transaction;

/// What goes wrong in live: everything that its constraints allow.
final class Damage {
    private final MemorySide live;
    private final Shape shape;
    private final RandomGenerator random;
    private int keys = 100;

    Damage(MemorySide live, Shape shape, RandomGenerator random) {
        this.live = live;
        this.shape = shape;
        this.random = random;
    }

    void some() {
        for (int i = random.nextInt(12); i > 0; i--) {
            MemoryTable table = live.tables().get(random.nextInt(live.tables().size()));
            Transaction transaction = live.begin();
            List<Place> touched = one(table, transaction);
            if (touched.stream().anyMatch(live::violates)) {
                transaction.rollBack();
            } else {
                transaction.commit();
            }
        }
    }

    private List<Place> one(MemoryTable table, Transaction transaction) {
        if (!table.hasKey()) {
            return bag(table, transaction);
        }
        return switch (random.nextInt(8)) {
            case 0 -> change(table, transaction, MemoryTable.VALUE, shape.value());
            case 1 -> stamped(table, transaction, stamp());
            case 2 -> removed(table, transaction);
            case 3 -> removed(table, transaction);
            case 4 -> added(table, transaction);
            case 5 -> swapped(table, transaction, MemoryTable.UNIQUE);
            case 6 -> swapped(table, transaction, MemoryTable.PARENT);
            default -> table.hasTime() ? change(table, transaction, MemoryTable.TIME, stamp().toString()) : List.of();
        };
    }

    private Instant stamp() {
        return Shape.POINT.plusSeconds(List.of(-50, -3, 0, 30, 1800, 200_000).get(random.nextInt(6)));
    }

    private List<Place> change(MemoryTable table, Transaction transaction, String column, String value) {
        return any(table)
                .map(place -> {
                    transaction.setUnchecked(
                            place,
                            live.at(place).map(rows -> new Rows(rows.row().with(column, value), 1)));
                    return List.of(place);
                })
                .orElse(List.of());
    }

    private List<Place> stamped(MemoryTable table, Transaction transaction, Instant at) {
        List<Place> touched = change(table, transaction, MemoryTable.VALUE, shape.value());
        for (Place place : table.hasTime() ? touched : List.<Place>of()) {
            transaction.setUnchecked(
                    place, live.at(place).map(rows -> new Rows(rows.row().with(MemoryTable.TIME, at.toString()), 1)));
        }
        return touched;
    }

    /// A row goes, with all that refer to it.
    private List<Place> removed(MemoryTable table, Transaction transaction) {
        List<Place> gone = new ArrayList<>(any(table).stream().toList());
        for (int i = 0; i < gone.size(); i++) {
            Place place = gone.get(i);
            for (MemoryTable child : live.tables()) {
                if (child.parent().filter(place.table()::equals).isPresent()) {
                    live.all().forEach((other, rows) -> {
                        boolean refers = other.table().equals(child.name())
                                && rows.row()
                                        .get(MemoryTable.PARENT)
                                        .equals(Optional.of(place.key().parts().getFirst()));
                        if (refers && !gone.contains(other)) {
                            gone.add(other);
                        }
                    });
                }
            }
        }
        gone.forEach(place -> transaction.setUnchecked(place, Optional.empty()));
        return gone;
    }

    private List<Place> added(MemoryTable table, Transaction transaction) {
        MemoryRow row = shape.row(live, table, "" + keys++, stamp());
        Place place = new Place(table.name(), row.key(table));
        // The unique value of a row that is gone, now and then.
        MemoryRow taken = random.nextInt(3) == 0 ? row.with(MemoryTable.UNIQUE, "u" + random.nextInt(30)) : row;
        transaction.setUnchecked(place, Optional.of(new Rows(taken, 1)));
        return List.of(place);
    }

    /// Values of two or three rows change places.
    private List<Place> swapped(MemoryTable table, Transaction transaction, String column) {
        List<Place> places = new ArrayList<>();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            any(table).filter(place -> !places.contains(place)).ifPresent(places::add);
        }
        List<Optional<String>> values = places.stream()
                .map(place -> live.at(place).flatMap(rows -> rows.row().get(column)))
                .toList();
        for (int i = 0; i < places.size(); i++) {
            Optional<String> value = values.get((i + 1) % places.size());
            transaction.setUnchecked(
                    places.get(i),
                    live.at(places.get(i))
                            .map(rows -> new Rows(
                                    value.map(text -> rows.row().with(column, text))
                                            .orElse(rows.row().without(column)),
                                    1)));
        }
        return places;
    }

    private List<Place> bag(MemoryTable table, Transaction transaction) {
        Place place = random.nextBoolean()
                ? any(table).orElse(null)
                : new Place(
                        table.name(), shape.row(live, table, "", Shape.POINT).key(table));
        if (place == null) {
            return List.of();
        }
        long count = random.nextInt(4);
        MemoryRow row = live.at(place).map(Rows::row).orElseGet(() -> shape.row(live, table, "", Shape.POINT));
        Place there = new Place(table.name(), row.key(table));
        transaction.setUnchecked(there, count == 0 ? Optional.empty() : Optional.of(new Rows(row, count)));
        return List.of(there);
    }

    private Optional<Place> any(MemoryTable table) {
        return live.keys(table.name()).stream()
                .skip(random.nextInt(Math.max(1, live.keys(table.name()).size())))
                .findFirst()
                .map(key -> new Place(table.name(), key));
    }
}
