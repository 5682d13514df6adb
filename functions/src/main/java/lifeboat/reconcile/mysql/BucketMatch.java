package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.Both;
import lifeboat.reconcile.sql.TablePair;
import org.jspecify.annotations.Nullable;

/// Streams keys and digests of the buckets that differ from both sides, and matches them bucket by bucket by the text
/// of the key, so that no collation has a say in it. Holds one bucket in memory.
final class BucketMatch {
    private static final int FETCH = 2_000;
    private final TablePair table;
    private final TableName name;
    private final PieceQueries queries;
    private final Consumer<Difference> differences;

    BucketMatch(PieceQueries queries, Consumer<Difference> differences) {
        this.queries = queries;
        this.table = queries.table();
        this.name = table.name();
        this.differences = differences;
    }

    /// A row of one side.
    private record Seen(int bucket, RowKey key, Image image) {}

    /// @param all both sides' buckets
    /// @throws SQLException when another number of rows came than the buckets hold
    void run(Connection copy, Connection live, Both<KeyBuckets> all, BitSet buckets) throws SQLException {
        String query = queries.rows(buckets);
        try (Statement left = streaming(copy);
                Statement right = streaming(live)) {
            Both<ResultSet> rows = Both.ask(() -> left.executeQuery(query), () -> right.executeQuery(query));
            Seen one = next(rows.copy());
            Seen other = next(rows.live());
            Read read = new Read(0, 0);
            while (one != null || other != null) {
                int bucket = Math.min(bucket(one), bucket(other));
                Map<RowKey, Image> copies = new HashMap<>();
                for (; bucket(one) == bucket; one = next(rows.copy())) {
                    keep(copies, one);
                }
                Map<RowKey, Image> lives = new HashMap<>();
                for (; bucket(other) == bucket; other = next(rows.live())) {
                    keep(lives, other);
                }
                read = read.plus(copies, lives);
                match(copies, lives);
            }
            PieceQueries.requireAll(all.copy().rows(buckets), read.copy());
            PieceQueries.requireAll(all.live().rows(buckets), read.live());
        }
    }

    /// Rows that came.
    private record Read(long copy, long live) {
        Read plus(Map<RowKey, Image> copies, Map<RowKey, Image> lives) {
            return new Read(copy + count(copies), live + count(lives));
        }

        private static long count(Map<RowKey, Image> rows) {
            return rows.values().stream().mapToLong(Image::copies).sum();
        }
    }

    private static Statement streaming(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        statement.setFetchSize(FETCH);
        return statement;
    }

    private static int bucket(@Nullable Seen row) {
        return row == null ? Integer.MAX_VALUE : row.bucket();
    }

    private static void keep(Map<RowKey, Image> rows, @Nullable Seen row) throws SQLException {
        if (row != null && rows.put(row.key(), row.image()) != null) {
            throw new SQLException("two rows have the same key");
        }
    }

    private void match(Map<RowKey, Image> copies, Map<RowKey, Image> lives) {
        copies.forEach((key, copy) -> {
            Image live = lives.remove(key);
            if (live == null) {
                differences.accept(new Difference.MissingInLive(name, key, copy));
            } else if (!copy.digest().equals(live.digest()) || copy.copies() != live.copies()) {
                differences.accept(new Difference.Changed(name, key, copy, live));
            }
        });
        lives.forEach((key, live) -> differences.accept(new Difference.UnexpectedInLive(name, key, live)));
    }

    private @Nullable Seen next(ResultSet row) throws SQLException {
        if (!row.next()) {
            return null;
        }
        int keys = Math.max(1, table.key().size());
        List<String> parts = new ArrayList<>();
        for (int i = 2; i <= keys + 1; i++) {
            parts.add(row.getString(i));
        }
        String digest = row.getString(keys + 2);
        if (digest == null) {
            throw PieceQueries.tooLong();
        }
        Image image = new Image(
                digest,
                row.getLong(keys + 3),
                MySqlTimes.instant(row, keys + 4),
                Optional.empty(),
                MySqlTimes.instant(row, keys + 5));
        return new Seen(row.getInt(1), new RowKey(parts), image);
    }
}
