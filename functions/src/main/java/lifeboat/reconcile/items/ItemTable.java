package lifeboat.reconcile.items;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.Refusal;

/// A table of items that can be scanned by segments, read by key, and written where it still is as it was seen.
public interface ItemTable {
    /// How many keys {@link #read} takes at once.
    int MOST_KEYS = 100;

    /// What the table looks like now.
    TableShape shape();

    /// Starts to scan a segment for keys and digests. One thread reads it; several segments can be read side by side.
    ///
    /// @param seed of the digests
    default SegmentScan scan(ScanSegment segment, long seed) {
        return scan(segment, seed, Set.of());
    }

    /// The same, and tells of each item the values of some attributes.
    ///
    /// @param told names of the attributes
    SegmentScan scan(ScanSegment segment, long seed, Set<String> told);

    /// The items under these keys, as of now (strongly consistent); keys under which there is nothing are not in the
    /// answer.
    ///
    /// @param keys at most {@link #MOST_KEYS}
    Map<ItemKey, Item> read(Collection<ItemKey> keys);

    /// The newest write that the items tell; a scan of its own. Empty: no item tells.
    ///
    /// @param attributes with the time of the last write, several with commas: the first that an item has
    Optional<Instant> newestWrite(String attributes);

    /// Why the table cannot be written, found out without writing; empty: it can.
    Optional<Refusal> refusesWrites();

    /// Writes one item if, and only if, the table still holds what the write was planned upon.
    Written write(GuardedWrite write);

    /// A scan under way.
    interface SegmentScan extends AutoCloseable {
        /// Reads one page; false where that was the last.
        boolean next(PageDigester.Sink sink);

        @Override
        void close();
    }

    /// How a conditional write ended.
    sealed interface Written {
        /// The table said that it wrote what was wanted.
        record Done() implements Written {}

        /// The table already held what was wanted.
        ///
        /// @param answerLost whether an earlier attempt got no answer: then it may have been ours
        record AlreadySo(boolean answerLost) implements Written {}

        /// The table holds something else than the write was planned upon, and was left as it is.
        ///
        /// @param found what it holds; empty where there is no such item
        /// @param answerLost whether an earlier attempt got no answer: then it may have been written in between
        record ChangedSince(Optional<Item> found, boolean answerLost) implements Written {}

        /// The table takes no such item, whoever writes it and however often: a key of an index that has another type.
        /// Nothing was written.
        record Refused() implements Written {}
    }
}
