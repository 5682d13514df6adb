package lifeboat.reconcile.mysql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.TablePair;

/// The SQL that turns a row into a text that loses nothing, and the text into a row again.
///
/// One part a column with commas between: `~` for NULL, digits for numbers and times, hexadecimal for anything else.
final class RowText {
    static final String NULL = "~";

    private static final Set<String> LONG =
            Set.of("tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob", "json");

    /// Character sets whose every stored text has one form in Unicode and back; others are taken by their bytes.
    /// Those of `ascii` can have eight bits, and those of `ucs2` can be half of a character, which become `?` or
    /// nothing.
    static final String UNICODE = "('utf8mb4', 'utf8mb3', 'utf8', 'latin1')";

    private static final String OTHER = " character set ";
    private static final String ASCII = OTHER + "ascii";

    private final TablePair table;

    RowText(TablePair table) {
        this.table = table;
    }

    static String name(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    static String table(TableName table) {
        return table.schema().isEmpty() ? name(table.name()) : name(table.schema()) + "." + name(table.name());
    }

    /// 128 bits of SHA-256 over the values of a row of the alias `t`, hexadecimal. NULL where the server cannot compute
    /// it.
    String digest() {
        return digest("t.");
    }

    /// The same for another alias, with its dot; empty: none. A long value is taken by its own digest, which has no
    /// limit; what becomes NULL on the way and is not makes the whole NULL.
    String digest(String alias) {
        return table.columns().stream()
                .map(column -> "IF(%s%s IS NULL, '%s', CONCAT(%s))"
                        .formatted(alias, name(column.name()), NULL, digested(column, alias)))
                .collect(Collectors.joining(", ',', ", "LEFT(SHA2(CONCAT(", "), 256), 32)"));
    }

    private static String digested(Column column, String alias) {
        String value = value(column, alias);
        if (column.baseType().equals("json")) {
            return "SHA2(%s, 256), ':', SHA2(%s, 256)".formatted(value, JsonTypes.of(alias + name(column.name())));
        }
        return isLong(column) ? "SHA2(%s, 256)".formatted(value) : part(column, alias);
    }

    /// Whether a value can be longer than what functions of the server answer.
    static boolean isLong(Column column) {
        return LONG.contains(column.baseType());
    }

    /// Whether a value travels as its bytes.
    static boolean isRaw(Column column) {
        return switch (form(column)) {
            case TEXT, BYTES -> true;
            case PLAIN, FLOAT, BITS, CHOICE -> false;
        };
    }

    /// A column as it travels: bytes as they are, anything else as readable text.
    static String value(Column column, String alias) {
        String value = alias + name(column.name());
        return switch (form(column)) {
            case TEXT -> "CONVERT(%s USING utf8mb4)".formatted(value);
            case BYTES -> column.type().contains(OTHER) ? "CAST(%s AS BINARY)".formatted(value) : value;
            case PLAIN, FLOAT, BITS, CHOICE -> part(column, alias);
        };
    }

    /// A column in the form of a key: readable where it is a number, a time or text.
    static String keyPart(Column column) {
        String value = "t." + name(column.name());
        return switch (keyForm(column)) {
            case TEXT -> "CONVERT(%s USING utf8mb4)".formatted(value);
            case BYTES, BITS -> "HEX(%s)".formatted(value);
            case PLAIN, FLOAT, CHOICE -> part(column, "t.");
        };
    }

    /// What finds a row by such a key part, and no other: a number is not compared as a float, nor a text by its
    /// collation alone. Takes one parameter, or two of the same.
    static String keyCondition(Column column) {
        String value = "t." + name(column.name());
        return switch (keyForm(column)) {
            case TEXT ->
                "%1$s = ? AND HEX(CONVERT(%1$s USING utf8mb4)) = HEX(CONVERT(? USING utf8mb4))".formatted(value);
            case BYTES -> value + " = UNHEX(?)";
            case BITS -> value + " = CAST(CONV(?, 16, 10) AS UNSIGNED)";
            case FLOAT -> "%s = ? AND %s = ?".formatted(value, part(column, "t."));
            case PLAIN, CHOICE -> value + " = " + exact(column);
        };
    }

    /// A number as text would be compared as a float.
    private static String exact(Column column) {
        return switch (column.baseType()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" ->
                column.type().contains("unsigned") ? "CAST(? AS UNSIGNED)" : "CAST(? AS SIGNED)";
            case "decimal" -> "CAST(? AS %s)".formatted(column.type().replaceFirst(" .*", ""));
            default -> "?";
        };
    }

    static int keyParameters(Column column) {
        return switch (keyForm(column)) {
            case TEXT, FLOAT -> 2;
            case BYTES, BITS, PLAIN, CHOICE -> 1;
        };
    }

    /// A parameter that takes a part of the text.
    static String parameter(Column column) {
        return switch (form(column)) {
            case TEXT -> "CONVERT(UNHEX(?) USING utf8mb4)";
            case BYTES -> "UNHEX(?)";
            case BITS -> "CAST(CONV(?, 16, 10) AS UNSIGNED)";
            case CHOICE -> "CAST(? AS UNSIGNED)";
            case PLAIN, FLOAT -> "?";
        };
    }

    private static String part(Column column, String alias) {
        String value = alias + name(column.name());
        return switch (form(column)) {
            case TEXT -> "HEX(CONVERT(%s USING utf8mb4))".formatted(value);
            case BYTES, BITS -> "HEX(%s)".formatted(value);
            case CHOICE -> Choices.number(value);
            // MySQL rounds what an expression yields to 22 characters, and a column of single precision to 6 digits.
            case FLOAT ->
                (column.baseType().equals("float") ? "CAST(%s * 1e0 AS CHAR)" : "CAST(%s AS CHAR)").formatted(value);
            case PLAIN -> "CAST(%s AS CHAR)".formatted(value);
        };
    }

    /// The parts of a text, one a column; empty: NULL.
    static List<Optional<String>> parts(String text) {
        List<Optional<String>> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            parts.add(part.equals(NULL) ? Optional.empty() : Optional.of(part));
        }
        return parts;
    }

    /// How the text of a column is made.
    private enum Form {
        PLAIN,
        FLOAT,
        BITS,
        CHOICE,
        TEXT,
        BYTES
    }

    /// As a key a value is readable where that is possible: two rows that read alike, though they are not, are told as
    /// two rows of one key.
    private static Form keyForm(Column column) {
        boolean readable = Choices.is(column)
                ? !column.type().contains(OTHER)
                : column.type().endsWith(ASCII);
        return readable ? Form.TEXT : Choices.is(column) ? Form.BYTES : form(column);
    }

    private static Form form(Column column) {
        if (Choices.is(column)) {
            return Form.CHOICE;
        }
        if (column.type().contains(OTHER)) {
            return Form.BYTES;
        }
        return switch (column.baseType()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "year" -> Form.PLAIN;
            case "date", "time", "datetime", "timestamp", "uuid", "inet4", "inet6" -> Form.PLAIN;
            case "float", "double" -> Form.FLOAT;
            case "bit" -> Form.BITS;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "json" -> Form.TEXT;
            default -> Form.BYTES;
        };
    }

    static boolean isNumber(Column column) {
        return switch (column.baseType()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal" -> true;
            default -> false;
        };
    }

    /// As a person reads a part.
    static String shown(Column column, String part) {
        return switch (form(column)) {
            case TEXT -> text(part);
            case CHOICE -> Choices.shown(column, part);
            case BYTES -> column.type().endsWith(ASCII) ? text(part) : part;
            case PLAIN, FLOAT, BITS -> part;
        };
    }

    private static String text(String digits) {
        return new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8);
    }

    List<String> rules() {
        List<String> rules = new ArrayList<>();
        rules.add("all values compared by their exact bytes: case, accents, blanks and scale count");
        if (!table.hasKey()) {
            rules.add("no primary key or unique key without NULLs: compared as a multiset of whole rows");
        }
        return rules;
    }
}
