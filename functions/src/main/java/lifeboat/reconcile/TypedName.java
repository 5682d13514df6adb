package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.List;
import lifeboat.catalog.Invalid;

/// Names as a person types them: bare, or in double quotes, as SQL has it, where they hold a comma, a dot or another
/// sign that means something: `sales."odd, name"`. A quote inside is doubled.
public final class TypedName {
    private static final char QUOTE = '"';

    private TypedName() {}

    /// The items of a list with commas between them, each still as it was typed.
    public static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        int from = 0;
        for (int comma = find(text, ',', from); comma >= 0; comma = find(text, ',', from)) {
            items.add(text.substring(from, comma));
            from = comma + 1;
        }
        items.add(text.substring(from));
        return items;
    }

    /// A table of a store with schemas.
    ///
    /// @param schema where none is typed
    public static TableName inSchema(String text, String schema) {
        int dot = find(text, '.', 0);
        return dot < 0
                ? new TableName(schema, name(text))
                : new TableName(name(text.substring(0, dot)), name(text.substring(dot + 1)));
    }

    /// One name, without its quotes.
    public static String name(String text) {
        if (text.isEmpty()) {
            throw new Invalid("LB-400", "name \"\" is not allowed: a name");
        }
        if (text.charAt(0) != QUOTE) {
            return text;
        }
        boolean closed = text.length() > 2 && text.charAt(text.length() - 1) == QUOTE;
        String inside = closed ? text.substring(1, text.length() - 1) : "";
        if (inside.isEmpty() || inside.replace("\"\"", "").indexOf(QUOTE) >= 0) {
            throw new Invalid(
                    "LB-400",
                    "name %s is not allowed: a quote at either end, and quotes inside doubled, such as \"odd, name\""
                            .formatted(text));
        }
        return inside.replace("\"\"", "\"");
    }

    /// Where a sign first stands outside of quotes.
    ///
    /// @return -1 where it does not
    static int find(String text, char sign, int from) {
        boolean quoted = false;
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) == QUOTE) {
                quoted = !quoted;
            } else if (text.charAt(at) == sign && !quoted) {
                return at;
            }
        }
        return -1;
    }

    /// Where a sign last stands outside of quotes.
    static int findLast(String text, char sign) {
        int last = -1;
        for (int at = find(text, sign, 0); at >= 0; at = find(text, sign, at + 1)) {
            last = at;
        }
        return last;
    }
}
