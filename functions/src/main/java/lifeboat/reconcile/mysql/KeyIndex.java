package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// The index of a table's key, as a hint: so that the server reads just the rows that are asked for, in their order,
/// and waits for no lock on others.
final class KeyIndex {
    private KeyIndex() {}

    /// `FORCE INDEX (...)`; nothing where no index has just these columns.
    static String hint(Connection connection, TablePair table) throws SQLException {
        List<String> wanted = table.key().stream().map(Column::name).toList();
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        String sql = "SELECT index_name, column_name FROM information_schema.statistics WHERE table_schema = DATABASE()"
                + " AND table_name = ? AND non_unique = 0 AND sub_part IS NULL"
                + " ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.name().name());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    indexes.computeIfAbsent(row.getString(1), any -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        }
        return indexes.entrySet().stream()
                .filter(index -> index.getValue().equals(wanted))
                .findFirst()
                .map(index -> "FORCE INDEX (%s)".formatted(RowText.name(index.getKey())))
                .orElse("");
    }
}
