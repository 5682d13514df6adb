package lifeboat.validation;

import java.time.Instant;
import lifeboat.catalog.Resource;

/// The stores' own logs, by which they go back to any second.
public interface Logs {
    /// The log of a live resource.
    Looked<Log> of(Resource resource);

    /// Whether a log is kept.
    sealed interface Log {
        /// It is kept.
        ///
        /// @param latest the newest second that can be restored
        record On(Instant latest) implements Log {}

        /// It is not.
        record Off() implements Log {}
    }
}
