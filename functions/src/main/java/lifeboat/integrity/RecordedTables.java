package lifeboat.integrity;

import java.time.Instant;
import java.util.List;

/// Which tables a live resource had when it was recorded, those among them that could not be read.
///
/// @param names as their store names them, in order
/// @param until when the recording had read them
public record RecordedTables(List<String> names, Instant until) {
    public RecordedTables {
        names = names.stream().sorted().distinct().toList();
    }
}
