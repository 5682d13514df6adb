package lifeboat.reconcile.mysql;

/// The types of all values inside a JSON document of MySQL, which its text does not tell: a date reads like a string, a
/// decimal number like a double, bytes like their base64.
///
/// @see <a href="https://dev.mysql.com/doc/refman/8.0/en/json-attribute-functions.html">JSON_TYPE</a>
final class JsonTypes {
    /// One letter a type: a list that was cut off would be shorter than the number of values. The `null` of JSON comes
    /// as the one of SQL.
    private static final String LETTER = "CASE COALESCE(JSON_TYPE(entries.entry), 'NULL')"
            + " WHEN 'OBJECT' THEN 'O' WHEN 'ARRAY' THEN 'A'"
            + " WHEN 'STRING' THEN 'S' WHEN 'INTEGER' THEN 'I' WHEN 'UNSIGNED INTEGER' THEN 'U' WHEN 'DOUBLE' THEN 'F'"
            + " WHEN 'DECIMAL' THEN 'N' WHEN 'BOOLEAN' THEN 'B' WHEN 'NULL' THEN 'Z' WHEN 'DATE' THEN 'D'"
            + " WHEN 'TIME' THEN 'T' WHEN 'DATETIME' THEN 'M' WHEN 'TIMESTAMP' THEN 'P' WHEN 'BLOB' THEN 'X'"
            + " WHEN 'BIT' THEN 'Y' WHEN 'OPAQUE' THEN 'Q' END";

    private JsonTypes() {}

    /// The letters of a column, with its alias: of the document, of the values of all objects and of those of all
    /// arrays, each in the order of the document. NULL where the server knows a type that is not listed here, or
    /// cannot make the list.
    static String of(String column) {
        String letters = "GROUP_CONCAT(" + LETTER + " ORDER BY entries.position SEPARATOR '')";
        return ("(SELECT IF(CHAR_LENGTH(%1$s) = COUNT(*), %1$s, NULL)"
                        + " FROM JSON_TABLE(JSON_EXTRACT(%2$s, '$', '$**.*', '$**[*]'), '$[*]'"
                        + " COLUMNS (position FOR ORDINALITY, entry JSON PATH '$')) AS entries)")
                .formatted(letters, column);
    }
}
