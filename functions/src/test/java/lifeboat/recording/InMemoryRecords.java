package lifeboat.recording;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.ContentRecords;
import lifeboat.integrity.RecordedFiles;
import lifeboat.integrity.RecordedTables;
import lifeboat.integrity.TableContent;

/// Readings and records without a ledger.
public final class InMemoryRecords implements Readings, ContentRecords {
    private final Map<RecordingId, Map<ContentPiece, TableContent>> readings = new HashMap<>();
    public final List<TableContent> recorded = new ArrayList<>();
    public final List<RecordedTables> tables = new ArrayList<>();
    public final List<RecordedFiles> files = new ArrayList<>();

    @Override
    public void keep(RecordingId recording, ContentPiece piece, TableContent content) {
        readings.computeIfAbsent(recording, _ -> new HashMap<>()).putIfAbsent(piece, content);
    }

    @Override
    public Map<ContentPiece, TableContent> of(RecordingId recording) {
        return readings.getOrDefault(recording, Map.of());
    }

    @Override
    public void record(WorkloadName workload, ResourceName resource, TableContent content) {
        recorded.add(content);
    }

    @Override
    public void record(WorkloadName workload, ResourceName resource, RecordedTables seen) {
        tables.add(seen);
    }

    @Override
    public Optional<RecordedTables> tables(WorkloadName workload, ResourceName resource, Instant until) {
        return tables.stream()
                .filter(seen -> !seen.until().isAfter(until))
                .max(Comparator.comparing(RecordedTables::until));
    }

    @Override
    public void record(WorkloadName workload, ResourceName resource, RecordedFiles measured) {
        files.add(measured);
    }

    @Override
    public Optional<RecordedFiles> files(WorkloadName workload, ResourceName resource, Instant until) {
        return files.stream()
                .filter(measured -> !measured.until().isAfter(until))
                .max(Comparator.comparing(RecordedFiles::until));
    }

    @Override
    public Optional<TableContent> newest(WorkloadName workload, ResourceName resource, String table, Instant until) {
        return recorded.stream()
                .filter(content ->
                        content.table().equals(table) && !content.until().isAfter(until))
                .max(Comparator.comparing(TableContent::until));
    }
}
