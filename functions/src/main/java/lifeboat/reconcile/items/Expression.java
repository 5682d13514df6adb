package lifeboat.reconcile.items;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An expression of DynamoDB in which every name and value is a placeholder, so that none has to be quoted.
///
/// @param text as DynamoDB parses it
/// @param names attribute names by placeholder (`#0`)
/// @param values by placeholder (`:0`)
/// @param operators how many operators and functions it has
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Limits of
/// expressions: 4 KB, 300 operators, 2 MB of names and values</a>
public record Expression(String text, Map<String, String> names, Map<String, Attribute> values, int operators) {
    private static final int MOST_TEXT = 4_096;
    private static final int MOST_OPERATORS = 300;

    /// Whether DynamoDB takes it. Names and values always fit: those of one item are at most 400 KB.
    public boolean fits() {
        return text.length() <= MOST_TEXT && operators <= MOST_OPERATORS;
    }

    /// True where the item holds all these values, and none of these attributes.
    static Expression holding(Map<String, Attribute> equal, Collection<String> absent) {
        var parts = new Parts("");
        var terms = new ArrayList<String>();
        equal.forEach((name, value) -> terms.add(parts.name(name) + "=" + parts.value(value)));
        absent.forEach(name -> terms.add("attribute_not_exists(" + parts.name(name) + ")"));
        return parts.expression(String.join(" AND ", terms), 2 * terms.size() - 1);
    }

    /// Sets and removes attributes. Its placeholders differ from those of a condition: both go into one request.
    static Expression update(Map<String, Attribute> set, Collection<String> remove) {
        var parts = new Parts("u");
        var clauses = new ArrayList<String>();
        if (!set.isEmpty()) {
            clauses.add("SET " + join(set, parts));
        }
        if (!remove.isEmpty()) {
            clauses.add("REMOVE "
                    + String.join(",", remove.stream().map(parts::name).toList()));
        }
        return parts.expression(String.join(" ", clauses), set.size() + remove.size());
    }

    private static String join(Map<String, Attribute> set, Parts parts) {
        List<String> terms = set.entrySet().stream()
                .map(entry -> parts.name(entry.getKey()) + "=" + parts.value(entry.getValue()))
                .toList();
        return String.join(",", terms);
    }

    /// The placeholders given out so far.
    private static final class Parts {
        private final String prefix;
        private final Map<String, String> names = new TreeMap<>();
        private final Map<String, Attribute> values = new TreeMap<>();

        Parts(String prefix) {
            this.prefix = prefix;
        }

        String name(String name) {
            var placeholder = "#" + prefix + names.size();
            names.put(placeholder, name);
            return placeholder;
        }

        String value(Attribute value) {
            var placeholder = ":" + prefix + values.size();
            values.put(placeholder, value);
            return placeholder;
        }

        Expression expression(String text, int operators) {
            return new Expression(text, names, values, operators);
        }
    }
}
