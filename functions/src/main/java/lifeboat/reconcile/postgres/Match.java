package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.Image;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.Both;

/// Puts left-over rows of both sides together by their key. The digest decides: a row that only moved is no difference.
final class Match {
    private final TableName table;
    private final Consumer<Difference> differences;

    Match(TableName table, Consumer<Difference> differences) {
        this.table = table;
        this.differences = differences;
    }

    /// @throws SQLException where a side holds two rows of one key, which then tells no rows apart
    void emit(Both<Map<Long, Lookup.Found>> rows) throws SQLException {
        Map<RowKey, Image> copies = byKey(rows.copy(), "copy");
        byKey(rows.live(), "live").forEach((key, live) -> {
            Image copy = copies.remove(key);
            if (copy == null) {
                differences.accept(new Difference.UnexpectedInLive(table, key, live));
            } else if (!copy.digest().equals(live.digest())) {
                differences.accept(new Difference.Changed(table, key, copy, live));
            }
        });
        copies.forEach((key, copy) -> differences.accept(new Difference.MissingInLive(table, key, copy)));
    }

    private static Map<RowKey, Image> byKey(Map<Long, Lookup.Found> rows, String side) throws SQLException {
        Map<RowKey, Image> images = new HashMap<>();
        for (Lookup.Found row : rows.values()) {
            if (images.put(row.key(), row.image()) != null) {
                throw twoRows(side);
            }
        }
        return images;
    }

    static SQLException twoRows(String side) {
        return new SQLException(
                "two rows of the %s have the same key: its unique index is broken, see amcheck and REINDEX"
                        .formatted(side),
                "XX002");
    }
}
