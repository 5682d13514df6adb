package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.sql.Both;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// Compares a table in the order of its key: both sides stream key, hash and place, and are merged in step.
///
/// Works for any layout and any amount of damage in constant memory, but moves every key over the wire.
final class KeyOrder {
    private static final int PENDING = 10_000;

    private final TablePair table;
    private final TableQueries queries;
    private final Lookup copyLookup;
    private final Lookup liveLookup;
    private final Side copy;
    private final Side live;
    private final Consumer<Difference> differences;
    private final Keys copyKeys = new Keys("copy");
    private final Keys liveKeys = new Keys("live");
    private final List<Long> onlyCopy = new ArrayList<>();
    private final List<Long> onlyLive = new ArrayList<>();

    KeyOrder(Side copy, Side live, TableQueries queries, Consumer<Difference> differences) {
        this.table = queries.table();
        this.queries = queries;
        this.copy = copy;
        this.live = live;
        this.copyLookup = new Lookup(copy, queries);
        this.liveLookup = new Lookup(live, queries);
        this.differences = differences;
    }

    void run() throws SQLException {
        try (CopyRows left = new CopyRows(copy.stream(), queries.keyStream());
                CopyRows right = new CopyRows(live.stream(), queries.keyStream())) {
            boolean more = copyKeys.next(left);
            boolean moreLive = liveKeys.next(right);
            while (more || moreLive) {
                int order = !more ? 1 : !moreLive ? -1 : compare(copyKeys.last, liveKeys.last);
                if (order != 0 || hash(left) != hash(right)) {
                    note(order, left, right);
                }
                more = order <= 0 ? copyKeys.next(left) : more;
                moreLive = order >= 0 ? liveKeys.next(right) : moreLive;
            }
        }
        flush();
        if (queries.mayFollowIndex()) {
            Both<Long> all = Both.ask(() -> inHeap(copy), () -> inHeap(live));
            copyKeys.requireAll(all.copy());
            liveKeys.requireAll(all.live());
        }
    }

    private long inHeap(Side side) throws SQLException {
        try (Statement statement = side.lookup().createStatement()) {
            statement.execute(TableQueries.WITHOUT_INDEXES);
            long rows = Long.parseLong(Side.one(side.lookup(), queries.count()));
            statement.execute(TableQueries.WITH_INDEXES);
            return rows;
        }
    }

    /// The keys of one side as they come: each once and in their order, and in the end all that the table holds. What
    /// an index says that is broken is none of that.
    private final class Keys {
        private final String side;
        private long rows;
        private List<byte[]> last = List.of();

        Keys(String side) {
            this.side = side;
        }

        boolean next(CopyRows stream) throws SQLException {
            if (!stream.next()) {
                return false;
            }
            List<byte[]> key = key(stream);
            int order = last.isEmpty() ? -1 : compare(last, key);
            if (order == 0) {
                throw Match.twoRows(side);
            }
            if (order > 0) {
                throw broken("hands out keys in another order");
            }
            last = key;
            rows++;
            return true;
        }

        void requireAll(long held) throws SQLException {
            if (held != rows) {
                throw broken("knows %d rows, the table holds %d".formatted(rows, held));
            }
        }

        private SQLException broken(String how) {
            return new SQLException("an index of the %s %s: see amcheck and REINDEX".formatted(side, how), "XX002");
        }
    }

    private List<byte[]> key(CopyRows row) {
        List<byte[]> key = new ArrayList<>();
        for (int i = 0; i < table.key().size(); i++) {
            key.add(row.bytes(i));
        }
        return key;
    }

    private int compare(List<byte[]> left, List<byte[]> right) {
        List<Column> key = table.key();
        for (int i = 0; i < key.size(); i++) {
            int order = TableQueries.isWholeNumber(key.get(i))
                    ? Long.compare(CopyRows.number(left.get(i)), CopyRows.number(right.get(i)))
                    : Arrays.compareUnsigned(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private long hash(CopyRows row) {
        return row.longAt(table.key().size());
    }

    private void note(int order, CopyRows left, CopyRows right) throws SQLException {
        int place = table.key().size() + 1;
        if (order <= 0) {
            onlyCopy.add(CopyRows.number(left.bytes(place)));
        }
        if (order >= 0) {
            onlyLive.add(CopyRows.number(right.bytes(place)));
        }
        if (onlyCopy.size() + onlyLive.size() >= PENDING) {
            flush();
        }
    }

    /// Both lists end at the same key, so that a changed row is never torn in two.
    private void flush() throws SQLException {
        Both<Map<Long, Lookup.Found>> found = Both.ask(() -> copyLookup.at(onlyCopy), () -> liveLookup.at(onlyLive));
        new Match(table.name(), differences).emit(found);
        onlyCopy.clear();
        onlyLive.clear();
    }

    long copyRows() {
        return copyKeys.rows;
    }

    long liveRows() {
        return liveKeys.rows;
    }
}
