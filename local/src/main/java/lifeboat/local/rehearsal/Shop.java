package lifeboat.local.rehearsal;

import java.util.Map;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import lifeboat.catalog.Resource;

/// The live data of one resource, and what the shop and a bad deployment do to it.
///
/// Every method that writes tells the journal.
interface Shop extends AutoCloseable {
    /// What it is in the catalog.
    Resource resource();

    /// What it holds, in words: `products`, `orders`.
    String things();

    /// The column or attribute with the time of a row's last good write.
    String writtenAt();

    /// Makes the resource and fills it.
    ///
    /// @param progress told how many rows are there
    void open(IntConsumer progress);

    /// The shop writes one row: mostly a changed one, sometimes a new one.
    void write(RandomGenerator dice);

    /// A bad deployment deletes some rows, corrupts some and adds some that make no sense.
    void damage(RandomGenerator dice);

    /// Every row, by its key.
    ///
    /// @param physicalName the live resource, or a copy of it
    Map<String, String> rows(String physicalName);

    Journal journal();

    @Override
    default void close() {}
}
