package lifeboat.integrity;

import java.time.Instant;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;

/// What the tables of live resources held, as it was recorded: what a restored copy can be compared with when live is
/// gone or suspect.
public interface ContentRecords {
    /// Writes one down. The same look written twice is one entry; an entry is never changed.
    void record(WorkloadName workload, ResourceName resource, TableContent content);

    /// The newest that was read whole up to an instant; empty: none was.
    Optional<TableContent> newest(WorkloadName workload, ResourceName resource, String table, Instant until);

    /// Writes down which tables there were. The same look written twice is one entry.
    void record(WorkloadName workload, ResourceName resource, RecordedTables tables);

    /// The newest that was written down up to an instant; empty: none was.
    Optional<RecordedTables> tables(WorkloadName workload, ResourceName resource, Instant until);

    /// Writes down how long files were. The same look written twice is one entry.
    void record(WorkloadName workload, ResourceName resource, RecordedFiles files);

    /// The newest that were measured up to an instant; empty: none were.
    Optional<RecordedFiles> files(WorkloadName workload, ResourceName resource, Instant until);
}
