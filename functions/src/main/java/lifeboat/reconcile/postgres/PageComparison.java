package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lifeboat.reconcile.sql.Both;

/// Compares a table page by page. A copy restored to a point in time has live's physical layout, so that only pages
/// with damage differ, and only their rows are looked at.
///
/// Rows that have no equal at the same place of the other side are left over; there are as many as there is damage.
/// Where there are too many, the layout differs or the damage is heavy, and another way is cheaper.
final class PageComparison {
    /// Left-over rows a side that are still worth it, and that bound the memory.
    private static final int MOST_LEFT_OVER = 50_000;

    /// A short first look, so that a copy of another layout costs little.
    private static final int FIRST_LOOK = 256;

    private static final int STRETCH = 1 << 17;
    private static final int PAGES_AT_ONCE = 2_048;

    /// Two bytes line, eight bytes hash.
    private static final int PACKED = 10;

    private static final byte[] NO_ROWS = {};

    private final Side copy;
    private final Side live;
    private final TableQueries queries;
    private final List<Long> onlyCopy = new ArrayList<>();
    private final List<Long> onlyLive = new ArrayList<>();
    private long copyRows;
    private long liveRows;
    private long differingPages;

    PageComparison(Side copy, Side live, TableQueries queries) {
        this.copy = copy;
        this.live = live;
        this.queries = queries;
    }

    /// Compares all pages.
    ///
    /// @return false: there is too much left over, the answer is incomplete
    boolean run() throws SQLException {
        long pages = queries.table().pages();
        for (long first = 0; first < pages; first += first == 0 ? FIRST_LOOK : STRETCH) {
            int stretch = (int) Math.min(first == 0 ? FIRST_LOOK : STRETCH, pages - first);
            if (!compare((int) first, stretch)) {
                return false;
            }
        }
        return true;
    }

    private boolean compare(int first, int pages) throws SQLException {
        Both<PageDigests> digests = Both.ask(
                () -> PageDigests.read(copy, queries, first, pages),
                () -> PageDigests.read(live, queries, first, pages));
        copyRows += digests.copy().rows();
        liveRows += digests.live().rows();
        BitSet differing = digests.copy().differing(digests.live());
        differingPages += differing.cardinality();
        if (!queries.table().hasKey()) {
            return true;
        }
        for (BitSet some : portions(differing)) {
            collect(first, some);
            if (onlyCopy.size() > MOST_LEFT_OVER || onlyLive.size() > MOST_LEFT_OVER) {
                return false;
            }
        }
        return first > 0 || !(isOtherLayout() || willBeTooMuch());
    }

    /// Whether a table that is damaged everywhere as in the first look has far too much left over: then the rest
    /// would be read in vain.
    private boolean willBeTooMuch() {
        long leftOver = Math.max(onlyCopy.size(), onlyLive.size());
        return leftOver * queries.table().pages() / FIRST_LOOK > 2L * MOST_LEFT_OVER;
    }

    /// Whether nearly nothing of the first look lies where it lies on the other side.
    private boolean isOtherLayout() {
        long leftOver = Math.min(onlyCopy.size(), onlyLive.size());
        return queries.table().pages() > FIRST_LOOK && leftOver > 0.9 * Math.min(copyRows, liveRows);
    }

    private static List<BitSet> portions(BitSet pages) {
        List<BitSet> portions = new ArrayList<>();
        BitSet portion = new BitSet();
        for (int page = pages.nextSetBit(0); page >= 0; page = pages.nextSetBit(page + 1)) {
            portion.set(page);
            if (portion.cardinality() == PAGES_AT_ONCE) {
                portions.add(portion);
                portion = new BitSet();
            }
        }
        if (!portion.isEmpty()) {
            portions.add(portion);
        }
        return portions;
    }

    private void collect(int first, BitSet pages) throws SQLException {
        String query = queries.pageRows(first, pages);
        Both<Map<Integer, byte[]>> rows = Both.ask(() -> rows(copy, query), () -> rows(live, query));
        pages.stream().map(page -> first + page).forEach(page -> {
            byte[] left = rows.copy().getOrDefault(page, NO_ROWS);
            byte[] right = rows.live().getOrDefault(page, NO_ROWS);
            leftOver(page, left, right);
        });
    }

    /// Walks the lines of one page on both sides in step.
    private void leftOver(long page, byte[] left, byte[] right) {
        int l = 0;
        int r = 0;
        while (l < left.length || r < right.length) {
            int order = l >= left.length
                    ? 1
                    : r >= right.length ? -1 : Arrays.compareUnsigned(left, l, l + 2, right, r, r + 2);
            boolean differ = order != 0 || !Arrays.equals(left, l + 2, l + PACKED, right, r + 2, r + PACKED);
            if (differ && order <= 0) {
                onlyCopy.add(page << 16 | line(left, l));
            }
            if (differ && order >= 0) {
                onlyLive.add(page << 16 | line(right, r));
            }
            l += order <= 0 ? PACKED : 0;
            r += order >= 0 ? PACKED : 0;
        }
    }

    private static int line(byte[] packed, int at) {
        return (packed[at] & 0xff) << 8 | (packed[at + 1] & 0xff);
    }

    private static Map<Integer, byte[]> rows(Side side, String query) throws SQLException {
        Map<Integer, byte[]> packed = new HashMap<>();
        try (CopyRows rows = new CopyRows(side.stream(), query)) {
            while (rows.next()) {
                packed.put(rows.intAt(0), rows.bytes(2));
            }
        }
        return packed;
    }

    boolean foundNothing() {
        return differingPages == 0;
    }

    List<Long> onlyCopy() {
        return onlyCopy;
    }

    List<Long> onlyLive() {
        return onlyLive;
    }

    long copyRows() {
        return copyRows;
    }

    long liveRows() {
        return liveRows;
    }
}
