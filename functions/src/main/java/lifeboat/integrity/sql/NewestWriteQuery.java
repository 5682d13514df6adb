package lifeboat.integrity.sql;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A query for the newest write of which is known what it asks: `select max(column) from table`, so that the rows
/// themselves can be looked at.
///
/// @param table as SQL writes it, quoted or not, with its schema or without
/// @param column as the catalog has it
record NewestWriteQuery(String table, String column) {
    private static final String NAME = "(?:[a-z_][a-z0-9_$]*|\"(?:[^\"]|\"\")+\")";
    private static final Pattern SHAPE = Pattern.compile(
            "\\s*select\\s+max\\s*\\(\\s*(?:%1$s\\s*\\.\\s*)?(%1$s)\\s*\\)\\s*(?:as\\s+%1$s\\s+)?from\\s+(%1$s(?:\\s*\\.\\s*%1$s)?)\\s*;?\\s*"
                    .formatted(NAME),
            Pattern.CASE_INSENSITIVE);

    /// What a query asks, or empty where it has another shape.
    static Optional<NewestWriteQuery> of(String query) {
        var matcher = SHAPE.matcher(query);
        return matcher.matches()
                ? Optional.of(new NewestWriteQuery(matcher.group(2), plain(matcher.group(1))))
                : Optional.empty();
    }

    private static String plain(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }
}
