package lifeboat.reconcile.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.memory.MemoryServer.Commit;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;
import lifeboat.reconcile.memory.MemorySide.Written;

/// What an undo may make of rows, by what the server really committed. A row that the repair wrote, and that is
/// still what it wrote, comes back where the end of its write is known; where it is not, it stays and is listed,
/// until it is named.
///
/// @param allowed what may stand at a place; places that are missing stay what they are
/// @param unknown places that must be listed, because nobody can know of their write
record Undone(Map<Place, Set<Optional<Rows>>> allowed, Set<Place> unknown) {
    /// @param named whether entries of unknown end were named
    static Undone of(World world, Map<Place, Optional<Rows>> now, boolean named) {
        Undone undone = new Undone(new HashMap<>(), new HashSet<>());
        if (named) {
            // Where a repair that was rolled back would have written what a person wrote by hand, the name decides.
            now.forEach((place, rows) -> {
                if (world.seen.containsKey(place) && rows.equals(world.copy.at(place))) {
                    undone.allowed.put(place, new HashSet<>(List.of(rows, world.seen.get(place))));
                }
            });
        }
        for (Commit commit : List.copyOf(world.server.memory().repairs).reversed()) {
            for (Written written : commit.written.reversed()) {
                undone.add(commit, written, now.getOrDefault(written.place(), Optional.empty()), named);
            }
        }
        return undone;
    }

    private void add(Commit commit, Written written, Optional<Rows> now, boolean named) {
        Set<Optional<Rows>> may = allowed.computeIfAbsent(written.place(), place -> new HashSet<>(Set.of(now)));
        if (!may.contains(written.after())) {
            return;
        }
        boolean known = commit.isTold || commit.endNoted;
        if (named) {
            may.add(written.before()); // whether its entry is one of the named depends on where its process died
        } else if (known) {
            may.remove(written.after());
            may.add(written.before());
        } else if (commit.endAsked) {
            may.add(written.before());
        } else {
            unknown.add(written.place());
        }
    }

    /// What stood at a place before the repair wrote there.
    static List<Optional<Rows>> before(World world, Place place) {
        return world.server.memory().repairs.stream()
                .flatMap(commit -> commit.written.stream())
                .filter(written -> written.place().equals(place))
                .map(Written::before)
                .toList();
    }
}
