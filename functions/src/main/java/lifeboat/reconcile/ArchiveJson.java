package lifeboat.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/// JSON of the archive. Values of rows stand in it, and a row can be as large as its store allows, so that no text is
/// too long to be read: what bounds it is memory.
public final class ArchiveJson {
    /// Reads and writes streams of values.
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /// Reads and writes whole values.
    public static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private ArchiveJson() {}
}
