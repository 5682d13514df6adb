package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes the differences of one piece as they come: explains, selects, counts, and hands what is to be repaired on.
final class Sorter {
    private final Rules rules;
    private final ChunkWriter chunks;
    private final int samples;
    private final Map<TableName, Sorted> byTable = new HashMap<>();

    Sorter(Rules rules, ChunkWriter chunks, int samples) {
        this.rules = rules;
        this.chunks = chunks;
        this.samples = samples;
    }

    void take(Difference difference) {
        Sorted sorted = byTable.computeIfAbsent(difference.table(), ignored -> new Sorted());
        var left = rules.leaves(difference);
        if (left.isPresent()) {
            leave(sorted, difference, left.get());
            return;
        }
        sorted.toRepair.merge(difference.kind(), difference.rows(), Long::sum);
        if (sorted.seen.merge(difference.kind(), 1, Integer::sum) <= samples) {
            sorted.shown.add(difference);
        }
        chunks.add(difference);
    }

    /// A difference whose time explains nothing is shown though it stays: a person has to decide.
    private void leave(Sorted sorted, Difference difference, Left why) {
        sorted.left.merge(why, difference.rows(), Long::sum);
        rules.anomaly(difference)
                .filter(anomaly -> anomaly.left() == why)
                .map(anomaly -> sorted.doubtful.computeIfAbsent(anomaly, ignored -> new ArrayList<>()))
                .filter(shown -> shown.size() < samples)
                .ifPresent(shown -> shown.add(difference));
    }

    /// What the store found, with what was counted here.
    List<TableOutcome> outcomes(List<TableOutcome> found, Comparison comparison) {
        List<TableOutcome> outcomes = new ArrayList<>();
        for (TableOutcome outcome : found) {
            outcomes.add(
                    switch (outcome) {
                        case TableOutcome.NotCompared not -> not;
                        case TableOutcome.Compared compared -> counted(compared, comparison);
                    });
        }
        return outcomes;
    }

    private TableOutcome counted(TableOutcome.Compared compared, Comparison comparison) {
        Sorted sorted = byTable.getOrDefault(compared.table(), new Sorted());
        Counts read = compared.counts();
        Counts counts = new Counts(read.copyRows(), read.liveRows(), sorted.toRepair, sorted.left);
        List<Difference.Sample> shown = new ArrayList<>(comparison.explain(sorted.shown));
        sorted.doubtful.forEach((anomaly, differences) ->
                comparison.explain(differences).forEach(sample -> shown.add(sample.with(anomaly))));
        return new TableOutcome.Compared(compared.table(), counts, shown, compared.rules());
    }

    /// The differences of one table.
    private static final class Sorted {
        final Map<DifferenceClass, Long> toRepair = new EnumMap<>(DifferenceClass.class);
        final Map<DifferenceClass, Integer> seen = new EnumMap<>(DifferenceClass.class);
        final Map<Left, Long> left = new EnumMap<>(Left.class);
        final List<Difference> shown = new ArrayList<>();
        final Map<TimeAnomaly, List<Difference>> doubtful = new EnumMap<>(TimeAnomaly.class);
    }
}
