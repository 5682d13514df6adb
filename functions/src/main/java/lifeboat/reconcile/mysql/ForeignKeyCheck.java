package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// The checks of foreign keys that the server was told not to make, for rows that were just written. Parents that it
/// finds are locked, so that they stay until the transaction ends.
final class ForeignKeyCheck {
    private final Connection live;
    private final List<ForeignKey> keys;

    ForeignKeyCheck(Connection live, List<ForeignKey> keys) {
        this.live = live;
        this.keys = keys;
    }

    /// A row that was written.
    ///
    /// @param before what live held before, as text; empty: nothing
    record Written(TablePair table, RowWrite write, Optional<String> before) {}

    /// The rows that refer to nothing, or by whose change others do.
    List<Written> broken(List<Written> rows) throws SQLException {
        List<Written> broken = new ArrayList<>();
        for (Written row : rows) {
            for (ForeignKey key : keys) {
                if (lacksParent(row, key) || leavesOrphans(row, key)) {
                    broken.add(row);
                    break;
                }
            }
        }
        return broken;
    }

    private boolean lacksParent(Written row, ForeignKey key) throws SQLException {
        if (!key.child().equals(row.table().name()) || row.write().target().isEmpty()) {
            return false;
        }
        return new KeyedRows(live, row.table()).isOrphan(row.write().key(), key);
    }

    private boolean leavesOrphans(Written row, ForeignKey key) throws SQLException {
        Set<String> names = row.table().key().stream().map(Column::name).collect(Collectors.toSet());
        boolean stays = row.write().target().isPresent() && names.containsAll(key.parentColumns());
        if (!key.parent().equals(row.table().name()) || row.before().isEmpty() || stays) {
            return false;
        }
        return refersToNothing(
                key, row.table().columns(), RowText.parts(row.before().get()));
    }

    /// Whether a child still holds what the parent held before, and no parent does.
    private boolean refersToNothing(ForeignKey key, List<Column> columns, List<Optional<String>> before)
            throws SQLException {
        List<String> conditions = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < key.parentColumns().size(); i++) {
            String name = key.parentColumns().get(i);
            int at = IntStream.range(0, columns.size())
                    .filter(n -> columns.get(n).name().equals(name))
                    .findFirst()
                    .orElse(-1);
            if (at < 0 || before.get(at).isEmpty()) {
                return at < 0; // computed: not known here, so not to be risked; NULL: nobody refers to it
            }
            conditions.add(
                    "c.%s = %s".formatted(RowText.name(key.childColumns().get(i)), RowText.parameter(columns.get(at))));
            values.add(before.get(at).get());
        }
        String first = RowText.name(key.parentColumns().getFirst());
        String sql =
                "SELECT 1 FROM %s AS c LEFT JOIN %s AS t ON %s WHERE %s AND t.%s IS NULL LIMIT 1 LOCK IN SHARE MODE"
                        .formatted(
                                RowText.table(key.child()),
                                RowText.table(key.parent()),
                                KeyedRows.join(key),
                                String.join(" AND ", conditions),
                                first);
        try (PreparedStatement statement = live.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
