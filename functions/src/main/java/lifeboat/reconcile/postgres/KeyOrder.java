package lifeboat.reconcile.postgres;

import java.sql.SQLException;
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
    private final List<Long> onlyCopy = new ArrayList<>();
    private final List<Long> onlyLive = new ArrayList<>();
    private long copyRows;
    private long liveRows;

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
            boolean more = nextCopy(left);
            boolean moreLive = nextLive(right);
            while (more || moreLive) {
                int order = !more ? 1 : !moreLive ? -1 : compare(left, right);
                if (order != 0 || hash(left) != hash(right)) {
                    note(order, left, right);
                }
                more = order <= 0 ? nextCopy(left) : more;
                moreLive = order >= 0 ? nextLive(right) : moreLive;
            }
        }
        flush();
    }

    private boolean nextCopy(CopyRows rows) throws SQLException {
        boolean more = rows.next();
        copyRows += more ? 1 : 0;
        return more;
    }

    private boolean nextLive(CopyRows rows) throws SQLException {
        boolean more = rows.next();
        liveRows += more ? 1 : 0;
        return more;
    }

    private int compare(CopyRows left, CopyRows right) {
        List<Column> key = table.key();
        for (int i = 0; i < key.size(); i++) {
            int order = TableQueries.isWholeNumber(key.get(i))
                    ? Long.compare(left.longAt(i), right.longAt(i))
                    : Arrays.compareUnsigned(left.bytes(i), right.bytes(i));
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
        return copyRows;
    }

    long liveRows() {
        return liveRows;
    }
}
