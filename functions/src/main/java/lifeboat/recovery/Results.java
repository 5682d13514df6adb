package lifeboat.recovery;

import java.time.Instant;

/// Tells people what came of a recovery.
public interface Results {
    /// A recovery has ended.
    void closed(Assessor.Judged judged, Instant at);

    /// A recovery was refused before anything was created, or broke before it could be planned.
    ///
    /// @param execution name of the execution
    /// @param request what was asked for, as JSON
    /// @param why the message of the error
    void refused(String execution, String request, String why);
}
