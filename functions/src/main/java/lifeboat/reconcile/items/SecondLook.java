package lifeboat.reconcile.items;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.TableName;

/// Reads suspects from both tables and tells those that really differ, a batch at a time.
final class SecondLook {
    private final TableName table;
    private final ItemTable copy;
    private final ItemTable live;
    private final ItemTimes times;
    private final Consumer<Difference> differences;

    /// @param differences is called by one thread at a time
    SecondLook(TableName table, ItemTable copy, ItemTable live, ItemTimes times, Consumer<Difference> differences) {
        this.table = table;
        this.copy = copy;
        this.live = live;
        this.times = times;
        this.differences = differences;
    }

    /// Lets the source name its suspects, and looks at them as batches fill.
    void at(Consumer<Consumer<KeyMatcher.Suspect>> source) {
        var batch = new ArrayList<KeyMatcher.Suspect>();
        source.accept(suspect -> {
            batch.add(suspect);
            if (batch.size() == ItemTable.MOST_KEYS) {
                look(batch);
                batch.clear();
            }
        });
        if (!batch.isEmpty()) {
            look(batch);
        }
    }

    private void look(List<KeyMatcher.Suspect> suspects) {
        var keys = suspects.stream().map(KeyMatcher.Suspect::key).distinct().toList();
        var inLive = live.read(keys);
        var inCopy = copy.read(keys);
        suspects.stream()
                .distinct()
                .forEach(suspect -> difference(suspect, inCopy, inLive).ifPresent(this::tell));
    }

    private void tell(Difference difference) {
        synchronized (differences) {
            differences.accept(difference);
        }
    }

    private Optional<Difference> difference(
            KeyMatcher.Suspect suspect, Map<ItemKey, Item> inCopy, Map<ItemKey, Item> inLive) {
        var key = RowKeys.rowKey(suspect.key());
        var ofCopy = Optional.ofNullable(inCopy.get(suspect.key())).map(times::image);
        var ofLive = Optional.ofNullable(inLive.get(suspect.key())).map(times::image);
        if (ofCopy.map(Image::digest).equals(ofLive.map(Image::digest)) || ofCopy.isPresent() != suspect.inCopy()) {
            return Optional.empty();
        }
        if (ofCopy.isEmpty()) {
            return ofLive.map(image -> new Difference.UnexpectedInLive(table, key, image));
        }
        return Optional.of(ofLive.<Difference>map(image -> new Difference.Changed(table, key, ofCopy.get(), image))
                .orElseGet(() -> new Difference.MissingInLive(table, key, ofCopy.get())));
    }
}
