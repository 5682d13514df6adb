package lifeboat.reconcile.items;

import java.util.List;
import java.util.stream.IntStream;

/// A part of a table that can be scanned by itself: number i of n.
///
/// The same segment of two tables with the same key holds, as far as is known, the same keys; AWS does not promise
/// it, and nothing here depends on it but memory.
///
/// @param index from 0
/// @param total 1 to 1,000,000
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html">TotalSegments</a>
public record ScanSegment(int index, int total) {
    private static final long ITEMS_IN_PROCESS = 2_000;
    private static final int MOST_IN_PROCESS = 4_096;
    private static final long BYTES_PER_FUNCTION = 512L << 20;
    private static final long ITEMS_PER_FUNCTION = 1_000_000;
    private static final int MOST_FUNCTIONS = 10_000;

    public ScanSegment {
        if (total < 1 || total > 1_000_000 || index < 0 || index >= total) {
            throw new IllegalArgumentException("segment " + index + " of " + total + " does not exist");
        }
    }

    /// The whole table.
    public static ScanSegment whole() {
        return new ScanSegment(0, 1);
    }

    /// How many segments a scan within one process takes: small ones, of some two thousand items, so that little is
    /// held at a time.
    ///
    /// @param items in the larger of the tables; DynamoDB counts about every six hours, so that 0 means unknown
    public static int inProcess(long items) {
        return Math.clamp(Math.ceilDiv(items, ITEMS_IN_PROCESS), 16, MOST_IN_PROCESS);
    }

    /// How many invocations a table is spread over, each with half a gigabyte or a million items to read at most: a
    /// minute or two at what one function reads.
    ///
    /// @param items in the larger of the tables
    /// @param bytes of the larger of the tables
    public static int forFunctions(long items, long bytes) {
        var needed = Math.max(Math.ceilDiv(items, ITEMS_PER_FUNCTION), Math.ceilDiv(bytes, BYTES_PER_FUNCTION));
        return Math.clamp(needed, 1, MOST_FUNCTIONS);
    }

    /// This segment cut into smaller ones, which are segments of a finer scan of the same table.
    ///
    /// @param into how many parts; the total grows by it
    /// @throws IllegalArgumentException where the total would pass 1,000,000
    public List<ScanSegment> split(int into) {
        return IntStream.range(0, into)
                .mapToObj(part -> new ScanSegment(index * into + part, total * into))
                .toList();
    }
}
