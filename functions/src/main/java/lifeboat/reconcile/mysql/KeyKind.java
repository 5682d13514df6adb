package lifeboat.reconcile.mysql;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;
import org.jspecify.annotations.Nullable;

/// How values of a key column are ordered by the server, and written so that its index finds them: text by its own
/// bytes and collation. Two sides order alike only where this is equal.
///
/// @param form how a bound is written
/// @param charset of text; else empty
/// @param collation of text; else empty
/// @param server its version, where the order of the type depends on it; else empty
record KeyKind(Form form, String charset, String collation, String server) {
    /// What stands in a label for an empty text, which is a bound like any other.
    private static final String EMPTY = "%";

    /// How a bound is written.
    enum Form {
        NUMBER,
        DATE,
        TIME,
        TEXT,
        BYTES,
        UUID
    }

    /// The leading key columns by which a table can be cut: those of types whose order is the same in a comparison and
    /// in an index, which is not so for `enum`, `set`, `float` and `bit`.
    static List<KeyKind> of(Connection side, TablePair table) throws SQLException {
        List<KeyKind> kinds = new ArrayList<>();
        for (Column column : table.key()) {
            Form form = form(column);
            if (form == null) {
                break;
            }
            kinds.add(of(side, table, column, form));
        }
        return kinds;
    }

    private static KeyKind of(Connection side, TablePair table, Column column, Form form) throws SQLException {
        return switch (form) {
            case NUMBER, DATE, TIME, BYTES -> new KeyKind(form, "", "", "");
            case UUID -> new KeyKind(form, "", "", MySqlEndpoint.one(side, "SELECT VERSION()"));
            case TEXT -> text(side, table, column);
        };
    }

    private static KeyKind text(Connection side, TablePair table, Column column) throws SQLException {
        String sql = "SELECT character_set_name, collation_name FROM information_schema.columns"
                + " WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?";
        try (PreparedStatement statement = side.prepareStatement(sql)) {
            statement.setString(1, table.name().name());
            statement.setString(2, column.name());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("column \"%s\" is gone".formatted(column.name()));
                }
                return new KeyKind(Form.TEXT, row.getString(1), row.getString(2), "");
            }
        }
    }

    private static @Nullable Form form(Column column) {
        return switch (column.baseType()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal" -> Form.NUMBER;
            case "date" -> Form.DATE;
            case "datetime", "timestamp" -> Form.TIME;
            case "char", "varchar" -> Form.TEXT;
            case "binary", "varbinary" -> Form.BYTES;
            case "uuid" -> Form.UUID;
            default -> null;
        };
    }

    /// What reads the bound that a value makes: text and bytes as hexadecimal.
    String read(Column column) {
        String value = "t." + RowText.name(column.name());
        return switch (form) {
            case NUMBER, DATE, TIME, UUID -> "CAST(%s AS CHAR)".formatted(value);
            case TEXT, BYTES -> "HEX(%s)".formatted(value);
        };
    }

    /// A bound as the server takes it.
    ///
    /// @throws IllegalArgumentException when it is no value of this kind
    String literal(String bound) {
        checked(bound);
        return switch (form) {
            case NUMBER -> bound;
            case DATE -> "CAST('%s' AS DATE)".formatted(bound);
            case TIME -> "CAST('%s' AS DATETIME(6))".formatted(bound);
            case UUID -> "CAST('%s' AS UUID)".formatted(bound);
            case BYTES -> "X'%s'".formatted(bound);
            case TEXT -> "_%s X'%s' COLLATE %s".formatted(charset, bound, collation);
        };
    }

    private String pattern() {
        return switch (form) {
            case NUMBER -> "-?[0-9]+(\\.[0-9]+)?";
            case DATE, TIME -> "[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9:.]+)?";
            case UUID -> "[0-9a-f-]{36}";
            case TEXT, BYTES -> "([0-9A-F]{2})*";
        };
    }

    /// A bound as a label shows it: readable where it is ASCII, and without blanks, commas and dots.
    String shown(String bound) {
        byte[] bytes = isHex() ? HexFormat.of().parseHex(bound) : bound.getBytes(StandardCharsets.ISO_8859_1);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.isEmpty()
                ? EMPTY
                : URLEncoder.encode(text, StandardCharsets.ISO_8859_1)
                        .replace("+", "%20")
                        .replace(".", "%2E");
    }

    /// The bound that [#shown] shows.
    ///
    /// @throws IllegalArgumentException when it is of another form
    String bound(String shown) {
        String text = shown.equals(EMPTY) ? "" : URLDecoder.decode(shown, StandardCharsets.ISO_8859_1);
        return checked(
                isHex() ? HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.ISO_8859_1)) : text);
    }

    private String checked(String bound) {
        if (!bound.matches(pattern())) {
            throw new IllegalArgumentException("a bound of a key has another form than the key");
        }
        return bound;
    }

    private boolean isHex() {
        return form == Form.TEXT || form == Form.BYTES;
    }
}
