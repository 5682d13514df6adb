package lifeboat.integrity.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Everything that a PostgreSQL database is made of but its rows, each object by its name with its definition as the
/// database writes it.
///
/// @param objects definitions by name, by kind: of kind `column`, `public.orders.total` is `numeric(12,2) not null`
/// @param unreadSequences of how many sequences nothing is known of their position
/// @see StructureKinds
/// @see <a href="https://www.postgresql.org/docs/current/catalogs.html">System catalogs</a>
record Schema(Map<ObjectKind, NavigableMap<String, String>> objects, long unreadSequences) {
    private static final int SHOWN = 120;

    /// How much of what is the same is shown before a difference in a long definition.
    private static final int LEAD = 30;

    /// Reads the structure of a database.
    static Schema of(Snapshot database) {
        database.list("select set_config('search_path', '', true)", row -> row.getString(1));
        var objects = new LinkedHashMap<ObjectKind, NavigableMap<String, String>>();
        for (var kind : StructureKinds.COMPARED) {
            var found = new TreeMap<String, String>();
            database.list(
                    kind.query(), row -> found.merge(row.getString(1), String.valueOf(row.getString(2)), Schema::both));
            objects.put(kind, found);
        }
        objects.put(SequencePositions.KIND, SequencePositions.of(database));
        return new Schema(objects, SequencePositions.unread(database));
    }

    /// Where one name stands for two objects both definitions count.
    private static String both(String one, String other) {
        return one.compareTo(other) < 0 ? one + " and " + other : other + " and " + one;
    }

    /// How a copy differs from live, one difference a line.
    List<String> differencesTo(Schema live) {
        var differences = new ArrayList<String>();
        objects.forEach((kind, here) ->
                differences.addAll(differences(kind, here, live.objects.getOrDefault(kind, new TreeMap<>()))));
        return differences;
    }

    private static List<String> differences(
            ObjectKind kind, NavigableMap<String, String> here, NavigableMap<String, String> there) {
        var differences = new ArrayList<String>();
        there.forEach((name, definition) -> {
            var inCopy = here.get(name);
            if (inCopy == null) {
                differences.add("%s %s is missing".formatted(kind.name(), name));
            } else if (!inCopy.equals(definition)) {
                differences.add(changed(kind, name, oneLine(inCopy), oneLine(definition)));
            }
        });
        here.keySet().stream()
                .filter(Predicate.not(there::containsKey))
                .forEach(name -> differences.add("%s %s is not in live".formatted(kind.name(), name)));
        return kind.implied()
                ? differences.stream()
                        .filter(line -> !line.endsWith(" is missing") && !line.endsWith(" is not in live"))
                        .toList()
                : differences;
    }

    private static String changed(ObjectKind kind, String name, String copy, String live) {
        var from = Math.max(0, commonStart(copy, live) - LEAD);
        return "%s %s is %s, in live %s".formatted(kind.name(), name, shown(copy, from), shown(live, from));
    }

    private static int commonStart(String one, String other) {
        var same = 0;
        while (same < Math.min(one.length(), other.length()) && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same;
    }

    private static String shown(String definition, int from) {
        if (definition.length() <= SHOWN) {
            return definition;
        }
        var start = Math.min(from, definition.length() - SHOWN);
        var end = Math.min(definition.length(), start + SHOWN);
        return (start == 0 ? "" : "...") + definition.substring(start, end) + (end < definition.length() ? "..." : "");
    }

    private static String oneLine(String definition) {
        return definition.replaceAll("\\s+", " ");
    }

    /// How many objects of each kind there are, and what was not compared.
    @Override
    public String toString() {
        var counts = new TreeMap<String, Integer>();
        objects.forEach((kind, found) -> {
            if (!kind.implied() && !found.isEmpty()) {
                counts.put(kind.name(), found.size());
            }
        });
        return counts.entrySet().stream()
                        .map(kind -> "%s %,d".formatted(kind.getKey(), kind.getValue()))
                        .collect(Collectors.joining(", "))
                + "; not compared: "
                + StructureKinds.NOT_COMPARED.stream()
                        .map(StructureKinds.NotCompared::name)
                        .collect(Collectors.joining(", "))
                + (unreadSequences == 0
                        ? ""
                        : ", positions of %d sequences at all: SELECT on them or an index on the column is wanting"
                                .formatted(unreadSequences));
    }
}
