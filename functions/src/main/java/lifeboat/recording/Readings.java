package lifeboat.recording;

import java.util.Map;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.TableContent;

/// What the pieces of a recording under way held, until all of a table are there.
public interface Readings {
    /// Keeps one. Of two readings of the same piece the first counts.
    void keep(RecordingId recording, ContentPiece piece, TableContent content);

    /// All that was kept of a recording.
    Map<ContentPiece, TableContent> of(RecordingId recording);
}
