package lifeboat.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.ContentReader;
import lifeboat.integrity.ContentRecords;
import lifeboat.integrity.RecordedContents;
import lifeboat.integrity.RecordedFiles;
import lifeboat.integrity.RecordedTables;
import lifeboat.integrity.TableContent;
import lifeboat.recording.NoFiles;

/// Records for recoveries in which nobody asks for any.
final class NothingRecorded implements ContentReader, ContentRecords {
    private NothingRecorded() {}

    static RecordedContents contents() {
        var nothing = new NothingRecorded();
        return new RecordedContents(nothing, nothing, new NoFiles());
    }

    @Override
    public List<ContentPiece> pieces(Resource resource, String physicalName) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public TableContent read(
            Resource resource,
            String physicalName,
            ContentPiece piece,
            Optional<String> explainedBy,
            Optional<TableContent.Since> since) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public String table(Resource resource, ContentPiece piece) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public void record(WorkloadName workload, ResourceName resource, RecordedTables tables) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public Optional<RecordedTables> tables(WorkloadName workload, ResourceName resource, Instant until) {
        return Optional.empty();
    }

    @Override
    public void record(WorkloadName workload, ResourceName resource, TableContent content) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public void record(WorkloadName workload, ResourceName resource, RecordedFiles files) {
        throw new AssertionError("nobody asks");
    }

    @Override
    public Optional<RecordedFiles> files(WorkloadName workload, ResourceName resource, Instant until) {
        return Optional.empty();
    }

    @Override
    public Optional<TableContent> newest(WorkloadName workload, ResourceName resource, String table, Instant until) {
        return Optional.empty();
    }
}
