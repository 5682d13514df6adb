package lifeboat.reconcile.items;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.integrity.Digest;

/// Brings the keys of two scans together, in whatever order and segment they come, and tells which do not match.
///
/// While both scans run in step almost nothing waits for its counterpart. Where they do not, what waits beyond the
/// room given goes to disk, in stripes by key, so that memory stays bounded whatever the tables hold. Safe for use by
/// several threads.
final class KeyMatcher implements AutoCloseable {
    private static final int STRIPES = 64;

    private final List<Stripe> stripes = new ArrayList<>();

    /// @param mostWaiting how many keys wait in memory before some go to disk
    KeyMatcher(int mostWaiting) {
        for (var i = 0; i < STRIPES; i++) {
            stripes.add(new Stripe(Math.max(1, mostWaiting / STRIPES)));
        }
    }

    /// A key whose items differ, or of which only one side has been seen.
    ///
    /// @param key the key
    /// @param inCopy whether the scan of the copy brought it
    record Suspect(ItemKey key, boolean inCopy) {}

    /// Takes one item of one side.
    ///
    /// @return the key as a suspect where its counterpart was there and had another digest
    Optional<Suspect> offer(boolean copy, ItemKey key, Digest digest) {
        return stripe(key).offer(copy, key, digest);
    }

    private Stripe stripe(ItemKey key) {
        return stripes.get(Integer.remainderUnsigned(key.hashCode() * 0x9e3779b9, STRIPES));
    }

    /// Once both scans have ended: what found no counterpart in memory nor on disk, or a different one on disk.
    void rest(Consumer<Suspect> suspects) {
        stripes.forEach(stripe -> stripe.rest(suspects));
    }

    @Override
    public void close() {
        stripes.forEach(stripe -> stripe.spill.close());
    }

    /// What waits for its counterpart.
    record Waiting(boolean copy, Digest digest) {}

    private static final class Stripe {
        private final int most;
        private final Map<ItemKey, Waiting> waiting = new HashMap<>();
        private final Spill spill = new Spill();

        Stripe(int most) {
            this.most = most;
        }

        synchronized Optional<Suspect> offer(boolean copy, ItemKey key, Digest digest) {
            var there = waiting.get(key);
            if (there == null || there.copy() == copy) {
                waiting.put(key, new Waiting(copy, digest));
                spillWhenFull();
                return Optional.empty();
            }
            waiting.remove(key);
            return there.digest().equals(digest) ? Optional.empty() : Optional.of(new Suspect(key, true));
        }

        private void spillWhenFull() {
            if (waiting.size() > most) {
                waiting.forEach(spill::write);
                waiting.clear();
            }
        }

        synchronized void rest(Consumer<Suspect> suspects) {
            var memory = new HashMap<>(waiting);
            waiting.clear();
            spill.read((key, waits) -> join(memory, key, waits, suspects));
            memory.forEach((key, waits) -> suspects.accept(new Suspect(key, waits.copy())));
        }

        private static void join(Map<ItemKey, Waiting> memory, ItemKey key, Waiting waits, Consumer<Suspect> suspects) {
            var there = memory.get(key);
            if (there == null || there.copy() == waits.copy()) {
                memory.put(key, waits);
                return;
            }
            memory.remove(key);
            if (!there.digest().equals(waits.digest())) {
                suspects.accept(new Suspect(key, true));
            }
        }
    }
}
