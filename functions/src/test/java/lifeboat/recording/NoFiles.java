package lifeboat.recording;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.integrity.BeyondEnd;
import lifeboat.integrity.FileSizes;
import lifeboat.integrity.RecordedFiles;
import lifeboat.integrity.RelationFile;
import lifeboat.integrity.Subject;

/// A store whose files nobody sees.
public class NoFiles implements FileSizes {
    @Override
    public Optional<RecordedFiles> live(Resource resource) {
        return Optional.empty();
    }

    @Override
    public List<RelationFile> copy(Subject subject) {
        throw new AssertionError("nothing was recorded");
    }

    @Override
    public Map<RelationFile, BeyondEnd> beyond(Subject subject, List<RelationFile> files) {
        throw new AssertionError("nothing was recorded");
    }
}
