package lifeboat.reconcile.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;

/// Good writers: an application that changes, adds and removes rows of live, and a person who mends a row by hand.
final class Application {
    private final Store copy;
    private final Store live;
    private final Shape shape;
    private final RandomGenerator random;
    private final Map<Place, Optional<Rows>> written = new HashMap<>();
    private final Map<Place, Integer> when = new HashMap<>();
    private Instant now = Shape.POINT.plusSeconds(3600);
    private int clock;
    private int keys = 1000;

    Application(Store copy, Store live, Shape shape, RandomGenerator random) {
        this.copy = copy;
        this.live = live;
        this.shape = shape;
        this.random = random;
    }

    /// What it last wrote, by place; empty: it removed the row.
    Map<Place, Optional<Rows>> written() {
        return written;
    }

    /// Forgets what it wrote: from here on it counts.
    void forget() {
        written.clear();
        when.clear();
    }

    /// A number that grows with each of its writes.
    int clock() {
        return clock;
    }

    /// When it last wrote there; 0: never.
    int last(Place place) {
        return when.getOrDefault(place, 0);
    }

    Instant now() {
        return now;
    }

    void write() {
        now = now.plusSeconds(1);
        MemoryTable table = live.tables().get(random.nextInt(live.tables().size()));
        if (!table.hasKey()) {
            return;
        }
        switch (random.nextInt(live.isBusy() ? 3 : 8)) {
            case 0, 1, 2 -> any(table, live).ifPresent(place -> update(table, place, MemoryTable.VALUE, shape.value()));
            case 3 -> any(table, live).ifPresent(place -> put(place, Optional.empty()));
            case 4 -> insert(table);
            case 5 -> any(table, live).ifPresent(place -> update(table, place, MemoryTable.UNIQUE, shape.unique()));
            case 6 ->
                shape.parent(live, table)
                        .ifPresent(parent ->
                                any(table, live).ifPresent(place -> update(table, place, MemoryTable.PARENT, parent)));
            default -> byHand(table);
        }
    }

    /// A person puts a row right.
    private void byHand(MemoryTable table) {
        any(table, copy).ifPresent(place -> put(place, copy.at(place)));
    }

    private void insert(MemoryTable table) {
        MemoryRow row = shape.row(live, table, "" + keys++, now);
        put(new Place(table.name(), row.key(table)), Optional.of(new Rows(row, 1)));
    }

    private void update(MemoryTable table, Place place, String column, String value) {
        put(
                place,
                live.at(place)
                        .map(Rows::row)
                        .map(row -> row.with(column, value))
                        .map(row -> table.hasTime() ? row.with(MemoryTable.TIME, now.toString()) : row)
                        .map(row -> new Rows(row, 1)));
    }

    private void put(Place place, Optional<Rows> next) {
        if (!live.isLocked(place) && !live.at(place).equals(next) && live.write(place, next)) {
            written.put(place, next);
            when.put(place, ++clock);
        }
    }

    private Optional<Place> any(MemoryTable table, Store side) {
        List<Place> places = new ArrayList<>();
        side.keys(table.name()).forEach(key -> places.add(new Place(table.name(), key)));
        return places.isEmpty() ? Optional.empty() : Optional.of(places.get(random.nextInt(places.size())));
    }
}
