package lifeboat.integrity.sql;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What two PostgreSQL databases are made of beside their rows, side by side.
public final class StructureComparison {
    private StructureComparison() {}

    /// An object that is not the same on both sides.
    ///
    /// @param kind in the words of PostgreSQL: `column`, `trigger`
    /// @param object its name, quoted where it has to be
    /// @param copy its definition in the copy; empty: there is none
    /// @param live its definition in live; empty: there is none
    public record Difference(String kind, String object, Optional<String> copy, Optional<String> live) {}

    /// Reads both inside the transactions of the connections, whose search path it changes. A sequence is told where it
    /// lies behind the values of its column in live, and not in the copy.
    ///
    /// @throws Unreadable when the catalog of a side cannot be read
    public static List<Difference> between(Connection copy, Connection live) {
        Schema here = Schema.of(Snapshot.over(copy));
        Schema there = Schema.of(Snapshot.over(live));
        List<Difference> differences = new ArrayList<>();
        for (ObjectKind kind : StructureKinds.COMPARED) {
            differences.addAll(between(
                    kind,
                    here.objects().getOrDefault(kind, new TreeMap<>()),
                    there.objects().getOrDefault(kind, new TreeMap<>())));
        }
        there.objects().getOrDefault(SequencePositions.KIND, new TreeMap<>()).forEach((name, position) -> {
            String before = here.objects()
                    .getOrDefault(SequencePositions.KIND, new TreeMap<>())
                    .getOrDefault(name, SequencePositions.AHEAD);
            if (position.equals(SequencePositions.BEHIND) && !before.equals(position)) {
                differences.add(new Difference(
                        SequencePositions.KIND.name(), name, Optional.of(before), Optional.of(position)));
            }
        });
        return differences;
    }

    private static List<Difference> between(
            ObjectKind kind, NavigableMap<String, String> here, NavigableMap<String, String> there) {
        List<Difference> differences = new ArrayList<>();
        var names = new TreeSet<>(here.keySet());
        names.addAll(there.keySet());
        for (String name : names) {
            var difference = new Difference(
                    kind.name(), name, Optional.ofNullable(here.get(name)), Optional.ofNullable(there.get(name)));
            boolean toldElsewhere = kind.implied()
                    && (difference.copy().isEmpty() || difference.live().isEmpty());
            if (!difference.copy().equals(difference.live()) && !toldElsewhere) {
                differences.add(difference);
            }
        }
        return differences;
    }

    /// What of a database is neither rows nor looked at here, one phrase each.
    public static List<String> notCompared() {
        return StructureKinds.NOT_COMPARED.stream()
                .map(StructureKinds.NotCompared::name)
                .filter(name -> !name.equals("rows") && !name.equals("positions of sequences"))
                .toList();
    }
}
