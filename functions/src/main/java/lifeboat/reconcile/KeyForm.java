package lifeboat.reconcile;

import java.util.regex.Pattern;

/// What values the first part of a table's key has, and so which ranges of it can be typed.
public enum KeyForm {
    /// Numbers, compared as such.
    NUMBER("-?[0-9]{1,40}(\\.[0-9]{1,40})?", "numbers, such as 1..10"),
    /// Dates, or dates with a time of day, compared as text.
    DATE("[0-9]{4}-[0-9]{2}-[0-9]{2}.*", "dates, such as 2026-11-20..2026-11-21"),
    /// UUIDs, compared as text.
    UUID("[0-9a-f-]{1,36}", "lower-case UUIDs or how they begin"),
    /// Text, compared by its characters.
    TEXT(".*", "any text"),
    /// Values whose order cannot be told from their text.
    EXACT(".*", "single values, such as a..a, for its key has no order that can be typed"),
    /// Rows have no key.
    NONE("", "none, for the table has no key"),
    /// Nobody knows, for the table is not compared.
    UNKNOWN(".*", "any text");

    private final Pattern pattern;
    private final String allowed;

    KeyForm(String pattern, String allowed) {
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
        this.allowed = allowed;
    }

    boolean takes(KeyRange range) {
        boolean fits = pattern.matcher(range.from()).matches()
                && pattern.matcher(range.to()).matches();
        return this != NONE && fits && (this != EXACT || range.from().equals(range.to()));
    }

    /// As a person reads it.
    String allowed() {
        return allowed;
    }
}
