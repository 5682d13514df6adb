package lifeboat.catalog;

import java.util.Comparator;

/// One thing that is wrong with an environment file.
///
/// @param code stable code, `LB-nnn`, listed in `docs/reference/errors.md`
/// @param path where, from the root: `workloads.catalog.resources.orders.database`; empty: the file as a whole
/// @param line the line it stands on, from 1; 0: no particular line
/// @param message what is wrong, with the value quoted, and what is allowed
/// @param hint what to do next; empty: the message says it all
public record Problem(String code, String path, int line, String message, String hint) implements Comparable<Problem> {
    private static final int READABLE = 80;
    private static final Comparator<Problem> BY_PLACE = Comparator.comparingInt(Problem::line)
            .thenComparing(Problem::path)
            .thenComparing(Problem::code)
            .thenComparing(Problem::message);

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }

    /// The problem as two or three lines for a terminal.
    @Override
    public String toString() {
        var place = (line == 0 ? "" : "line " + line + ": ") + path;
        var where = place.isEmpty() ? "" : place + "\n       ";
        return code + " " + where + message + (hint.isEmpty() ? "" : "\n       hint: " + hint);
    }

    /// A value short enough to be shown, without control characters that could confuse a terminal.
    static String shortened(String value) {
        var head = value.substring(0, Math.min(value.length(), READABLE)).replaceAll("\\p{Cntrl}", "?");
        return value.length() <= READABLE ? head : head + "... (" + value.length() + " characters)";
    }
}
