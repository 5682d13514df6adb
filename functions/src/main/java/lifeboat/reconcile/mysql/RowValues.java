package lifeboat.reconcile.mysql;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.Digests;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// How a row comes from a server: each value in a field of its own, however long it is, since functions of the server
/// answer NULL beyond its packets; with the digest of the row, and one over the values that must be that of what
/// arrived.
final class RowValues {
    /// Bytes of the long values of one row that memory has room for, in several forms.
    private static final long LARGEST = 64 << 20;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /// What a digest is called that the server could not compute: no row has it.
    private static final String UNREADABLE = "unreadable";

    private final TablePair table;

    RowValues(TablePair table) {
        this.table = table;
    }

    /// The fields of the alias `t`, to be read by [#read].
    String fields() {
        List<String> fields = new ArrayList<>(List.of(new RowText(table).digest(), proof(), size(), uncarried()));
        for (Column column : table.columns()) {
            fields.add(
                    RowText.isLong(column)
                            ? "IF(%s > %d, NULL, %s)".formatted(size(), LARGEST, RowText.value(column, "t."))
                            : RowText.value(column, "t."));
        }
        return String.join(", ", fields);
    }

    /// A digest over digests of the values, so that it takes values of any length.
    private String proof() {
        return table.columns().stream()
                .map(RowValues::proof)
                .collect(Collectors.joining(", ',', ", "SHA2(CONCAT(", "), 256)"));
    }

    private static String proof(Column column) {
        String value = RowText.value(column, "t.");
        return "IF(t.%s IS NULL, '%s', %s)"
                .formatted(
                        RowText.name(column.name()),
                        RowText.NULL,
                        RowText.isRaw(column) ? "SHA2(%s, 256)".formatted(value) : value);
    }

    private String size() {
        return Stream.concat(
                        Stream.of("0"),
                        table.columns().stream()
                                .filter(column -> RowText.isLong(column))
                                .map(column -> "IFNULL(LENGTH(t.%s), 0)".formatted(RowText.name(column.name()))))
                .collect(Collectors.joining(" + ", "(", ")"));
    }

    /// One digit a column: whether it holds JSON of a type that has no text of its own, as a date or a decimal number.
    /// Only MySQL has such.
    private String uncarried() {
        return table.columns().stream()
                .map(column -> column.baseType().equals("json") ? hasLossyJson(column) : "'0'")
                .collect(Collectors.joining(", ", "CONCAT('', ", ")"));
    }

    private static String hasLossyJson(Column column) {
        String value = "t." + RowText.name(column.name());
        String lossy = "EXISTS (SELECT 1 FROM JSON_TABLE(%s, '%s' COLUMNS (v JSON PATH '$')) AS x"
                + " WHERE JSON_TYPE(x.v) NOT IN ('OBJECT', 'ARRAY', 'STRING', 'INTEGER', 'DOUBLE', 'BOOLEAN', 'NULL')"
                + " AND NOT (JSON_TYPE(x.v) = 'UNSIGNED INTEGER' AND x.v > 9223372036854775807))";
        return "IF(%s OR %s, '1', '0')"
                .formatted(lossy.formatted("JSON_ARRAY(" + value + ")", "$**[*]"), lossy.formatted(value, "$**.*"));
    }

    /// What [#fields] say of a row, from a field on.
    RowVersion read(ResultSet row, int first) throws SQLException {
        Optional<String> digest =
                Optional.of(Optional.ofNullable(row.getString(first)).orElse(UNREADABLE));
        if (row.getLong(first + 2) > LARGEST || digest.get().equals(UNREADABLE)) {
            return new RowVersion(Optional.empty(), digest, 1, table.hasKey(), Set.of(), Optional.of(Why.TOO_LARGE));
        }
        var text = new StringJoiner(",");
        var proof = new StringJoiner(",");
        for (int i = 0; i < table.columns().size(); i++) {
            byte[] value = row.getBytes(first + 4 + i);
            boolean raw = RowText.isRaw(table.columns().get(i));
            text.add(value == null ? RowText.NULL : raw ? HEX.formatHex(value) : plain(value));
            proof.add(value == null ? RowText.NULL : raw ? Digests.hex(value) : plain(value));
        }
        boolean arrived =
                Digests.hex(proof.toString().getBytes(StandardCharsets.UTF_8)).equals(row.getString(first + 1));
        return new RowVersion(
                arrived ? Optional.of(text.toString()) : Optional.empty(),
                digest,
                1,
                table.hasKey(),
                positions(row.getString(first + 3)),
                arrived ? Optional.empty() : Optional.of(Why.CANNOT_BE_CARRIED));
    }

    private static String plain(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static Set<Integer> positions(String flags) {
        Set<Integer> positions = new HashSet<>();
        for (int i = 0; i < flags.length(); i++) {
            if (flags.charAt(i) == '1') {
                positions.add(i);
            }
        }
        return positions;
    }
}
