package lifeboat.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lifeboat.catalog.EnvironmentName;
import lifeboat.integrity.Segment;

/// Compares a copy with live, piece by piece, and makes the plan. Writes nothing but the plan.
public final class Diff {
    private final Comparison comparison;
    private final Archive archive;
    private final Progress progress;

    public Diff(Comparison comparison, Archive archive, Progress progress) {
        this.comparison = comparison;
        this.archive = archive;
        this.progress = progress;
    }

    /// Compares everything and seals the plan.
    ///
    /// @param draft a name that no other comparison uses; the chunks lie under it
    /// @param samples how many differences a table and class are shown with before and after
    /// @param createdAt the time by which the plan grows stale
    public RepairPlan plan(EnvironmentName environment, Rules rules, String draft, int samples, Instant createdAt) {
        List<Part> parts = new ArrayList<>();
        List<Segment> segments = comparison.segments();
        for (Segment segment : segments) {
            progress.at("compare " + segment, parts.size(), segments.size());
            parts.add(part(rules, "drafts/%s/%05d".formatted(draft, parts.size()), samples, segment));
        }
        progress.at("compare", segments.size(), segments.size());
        return seal(environment, rules, parts, createdAt);
    }

    /// Compares one piece; its planned rows go to files whose names start with the prefix.
    public Part part(Rules rules, String prefix, int samples, Segment segment) {
        try (ChunkWriter chunks = new ChunkWriter(archive, prefix)) {
            Sorter sorter = new Sorter(rules, chunks, samples);
            List<TableOutcome> found = comparison.compare(segment, sorter::take);
            return new Part(sorter.outcomes(found, comparison), chunks.done());
        }
    }

    /// Makes the plan of all pieces.
    public RepairPlan seal(EnvironmentName environment, Rules rules, List<Part> parts, Instant createdAt) {
        var header = new RepairPlan.Header(
                environment, comparison.copy(), comparison.live(), createdAt, rules, comparison.structure());
        List<TableOutcome> outcomes = outcomes(comparison.tables(), parts);
        return new PlanStore(archive)
                .seal(header, outcomes, chunks(outcomes, parts), comparison.structureFindings(), comparison.notes());
    }

    /// What one piece found.
    ///
    /// @param outcomes one a table that the piece looked at
    /// @param chunks the files of its planned rows
    public record Part(List<TableOutcome> outcomes, List<Chunk> chunks) {}

    /// Of every table that the store names or a piece looked at: what no piece looked at is not compared.
    private static List<TableOutcome> outcomes(List<TableName> order, List<Part> parts) {
        Map<TableName, TableOutcome> found = new LinkedHashMap<>();
        parts.stream()
                .flatMap(part -> part.outcomes().stream())
                .forEach(outcome -> found.merge(outcome.table(), outcome, Diff::merge));
        List<TableOutcome> outcomes = new ArrayList<>();
        for (TableName table : order) {
            TableOutcome outcome = found.remove(table);
            outcomes.add(outcome == null ? notLookedAt(table) : outcome);
        }
        outcomes.addAll(found.values());
        return outcomes;
    }

    private static TableOutcome notLookedAt(TableName table) {
        return new TableOutcome.NotCompared(
                table, TableOutcome.Why.UNREADABLE, "no piece of the comparison looked at it");
    }

    private static TableOutcome merge(TableOutcome one, TableOutcome other) {
        if (!(one instanceof TableOutcome.Compared a)) {
            return one;
        }
        if (!(other instanceof TableOutcome.Compared b)) {
            return other;
        }
        List<Difference.Sample> samples = new ArrayList<>(a.samples());
        samples.addAll(b.samples());
        return new TableOutcome.Compared(a.table(), a.counts().plus(b.counts()), samples, a.rules());
    }

    private static List<Chunk> chunks(List<TableOutcome> outcomes, List<Part> parts) {
        List<TableName> compared = outcomes.stream()
                .filter(TableOutcome.Compared.class::isInstance)
                .map(TableOutcome::table)
                .toList();
        return parts.stream()
                .flatMap(part -> part.chunks().stream())
                .filter(chunk -> compared.contains(chunk.table()))
                .sorted(Comparator.<Chunk>comparingInt(chunk -> compared.indexOf(chunk.table()))
                        .thenComparing(Chunk::kind)
                        .thenComparing(Chunk::name))
                .toList();
    }
}
