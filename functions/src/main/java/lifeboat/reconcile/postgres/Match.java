package lifeboat.reconcile.postgres;

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

    void emit(Both<Map<Long, Lookup.Found>> rows) {
        Map<RowKey, Image> copies = new HashMap<>();
        rows.copy().values().forEach(row -> copies.put(row.key(), row.image()));
        for (Lookup.Found row : rows.live().values()) {
            Image copy = copies.remove(row.key());
            if (copy == null) {
                differences.accept(new Difference.UnexpectedInLive(table, row.key(), row.image()));
            } else if (!copy.digest().equals(row.image().digest())) {
                differences.accept(new Difference.Changed(table, row.key(), copy, row.image()));
            }
        }
        copies.forEach((key, copy) -> differences.accept(new Difference.MissingInLive(table, key, copy)));
    }
}
