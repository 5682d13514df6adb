package lifeboat.reconcile.items;

/// How tables of items are scanned.
///
/// @param seed of the digests; another one every time makes a collision that once happened not happen again
/// @param atOnce how many segments are read side by side
/// @param mostWaiting how many keys wait in memory for their counterpart before they go to disk; some 200 bytes each
public record ItemScans(long seed, int atOnce, int mostWaiting) {
    public ItemScans {
        if (atOnce < 1 || mostWaiting < 1) {
            throw new IllegalArgumentException("at least one segment at once and one key waiting");
        }
    }

    /// What fits a function with one or two processors and a heap of 256 MB.
    public static ItemScans usual(long seed) {
        return new ItemScans(seed, 2 * Runtime.getRuntime().availableProcessors(), 200_000);
    }
}
