package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// Reads rows of a table without a key by their digests: all that are asked for in one scan.
final class KeylessRows {
    private static final int FETCH = 2_000;
    private final Connection connection;
    private final TablePair table;

    KeylessRows(Connection connection, TablePair table) {
        this.connection = connection;
        this.table = table;
    }

    /// Of some rows, those that rows by a foreign key refer to.
    Set<RowKey> referred(List<RowKey> digests, ForeignKey by) throws SQLException {
        Set<RowKey> referred = new HashSet<>();
        if (digests.isEmpty()) {
            return referred;
        }
        String digest = new RowText(table).digest();
        String sql =
                "SELECT DISTINCT %1$s FROM %2$s AS t WHERE %1$s IN (%3$s) AND EXISTS (SELECT 1 FROM %4$s AS c WHERE %5$s)"
                        .formatted(
                                digest,
                                RowText.table(table.name()),
                                String.join(", ", Collections.nCopies(digests.size(), "?")),
                                RowText.table(by.child()),
                                KeyedRows.join(by));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, digests);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    referred.add(RowKey.of(row.getString(1)));
                }
            }
        }
        return referred;
    }

    /// How many rows of each digest there are; one that is not in the answer: none.
    Map<RowKey, Long> counts(List<RowKey> digests) throws SQLException {
        Map<RowKey, Long> counts = new HashMap<>();
        if (digests.isEmpty()) {
            return counts;
        }
        String sql = "SELECT %1$s AS d, COUNT(*) FROM %2$s AS t WHERE %1$s IN (%3$s) GROUP BY d"
                .formatted(
                        new RowText(table).digest(),
                        RowText.table(table.name()),
                        String.join(", ", Collections.nCopies(digests.size(), "?")));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, digests);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    counts.put(RowKey.of(row.getString(1)), row.getLong(2));
                }
            }
        }
        return counts;
    }

    private static void bind(PreparedStatement statement, List<RowKey> digests) throws SQLException {
        for (int i = 0; i < digests.size(); i++) {
            statement.setString(i + 1, digests.get(i).parts().getFirst());
        }
    }

    /// The rows that there are, by digest.
    ///
    /// @param lock holds them, and keeps others from coming, until a serializable transaction ends
    /// @throws KeyedRows.TooMuch where several do not fit memory together
    Map<RowKey, RowVersion> read(List<RowKey> digests, boolean lock) throws SQLException {
        Map<RowKey, RowVersion> found = new HashMap<>();
        if (digests.isEmpty()) {
            return found;
        }
        RowValues values = new RowValues(table);
        String sql = "SELECT %2$s FROM %3$s AS t WHERE %1$s IN (%4$s)%5$s"
                .formatted(
                        new RowText(table).digest(),
                        values.fields(),
                        RowText.table(table.name()),
                        String.join(", ", Collections.nCopies(digests.size(), "?")),
                        lock ? " FOR UPDATE" : "");
        long size = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH);
            bind(statement, digests);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    RowKey digest = RowKey.of(row.getString(1));
                    RowVersion known = found.get(digest);
                    RowVersion one = known == null ? values.read(row, 1) : known.times(known.count() + 1);
                    size += known == null ? one.text().map(String::length).orElse(0) : 0;
                    found.put(digest, one);
                    if (size > KeyedRows.SIZE && digests.size() > 1) {
                        throw new KeyedRows.TooMuch();
                    }
                }
            }
        }
        return found;
    }
}
