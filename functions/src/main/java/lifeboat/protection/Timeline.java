package lifeboat.protection;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import lifeboat.protection.Guarantee.Awaited;
import lifeboat.protection.Guarantee.ByBackups;
import lifeboat.protection.Guarantee.CounterExample;
import lifeboat.protection.Guarantee.Nothing;

/// Walks through a year of backups and finds the instant at which an incident costs most.
///
/// A backup counts with the oldest data it can hold (it started when its rule fired) from the latest instant at which
/// it can be there, until the earliest at which it can be gone. Between two arrivals the loss only grows, so the worst
/// incident strikes just before one.
final class Timeline {
    private final Firings firings;
    private final boolean copies;
    private final TreeMap<Instant, Firing> stock = new TreeMap<>();
    private Optional<CounterExample> worst = Optional.empty();

    private Timeline(Firings firings, boolean copies) {
        this.firings = firings;
        this.copies = copies;
    }

    /// Of the recovery points in the vault of the region.
    static Guarantee ofBackups(Firings firings) {
        return new Timeline(firings, false).walk();
    }

    /// Of their copies.
    static Guarantee ofCopies(Firings firings) {
        return new Timeline(firings, true).walk();
    }

    private Guarantee walk() {
        var counted = firings.carriedOut().stream()
                .filter(firing -> !copies || firing.rule().copy())
                .sorted(Comparator.comparing(this::there))
                .toList();
        for (var firing : counted) {
            var arrival = there(firing);
            if (arrival.isBefore(firings.until()) && !survives(arrival, new Awaited.Slow(firing, arrival, copies))) {
                return nothing(arrival);
            }
            stock.merge(firing.at(), firing, Timeline::keptLonger);
        }
        return survives(firings.until(), new Awaited.EndOfYear())
                ? worst.<Guarantee>map(example -> new ByBackups(nominal(counted), example.lost(), example))
                        .orElseGet(() -> nothing(firings.until()))
                : nothing(firings.until());
    }

    /// Whether something is there to recover from just before an instant; remembers the incident that costs most.
    private boolean survives(Instant incident, Awaited awaited) {
        if (!incident.isAfter(firings.from())) {
            return true;
        }
        while (!stock.isEmpty() && stock.lastEntry().getValue().deletedAfter().isBefore(incident)) {
            stock.pollLastEntry();
        }
        if (stock.isEmpty()) {
            return false;
        }
        var example = new CounterExample(stock.lastEntry().getValue(), incident, awaited);
        if (worst.isEmpty() || example.lost().compareTo(worst.get().lost()) > 0) {
            worst = Optional.of(example);
        }
        return true;
    }

    private Instant there(Firing firing) {
        return copies ? firing.copiedBy() : firing.availableBy();
    }

    private Nothing nothing(Instant before) {
        return new Nothing("no %s is surely there just before %s"
                .formatted(copies ? "copy of a recovery point" : "recovery point", Clock.shown(before)));
    }

    private static Firing keptLonger(Firing one, Firing other) {
        return one.deletedAfter().isBefore(other.deletedAfter()) ? other : one;
    }

    /// The longest time between two backups, as far as it lies in the year that is judged.
    private Duration nominal(List<Firing> counted) {
        var longest = Duration.ZERO;
        var times = counted.stream().map(Firing::at).sorted().toList();
        for (int i = 1; i <= times.size(); i++) {
            var end = i < times.size() ? times.get(i) : firings.until();
            var gap = Duration.between(times.get(i - 1), end);
            longest = end.isAfter(firings.from()) && gap.compareTo(longest) > 0 ? gap : longest;
        }
        return longest;
    }
}
