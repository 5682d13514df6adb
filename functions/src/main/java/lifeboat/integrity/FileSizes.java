package lifeboat.integrity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Resource;

/// Measures the files behind a resource. It only reads, and throws what it could not read.
public interface FileSizes {
    /// How long the files of live are; empty: nobody sees the files of such a store.
    Optional<RecordedFiles> live(Resource resource);

    /// The files of a restored copy.
    List<RelationFile> copy(Subject subject);

    /// What is known of the blocks beyond the ends of some files with rows.
    Map<RelationFile, BeyondEnd> beyond(Subject subject, List<RelationFile> files);
}
