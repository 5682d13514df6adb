package lifeboat.restore;

import java.time.Duration;

/// What came of asking a service to begin a restore.
public sealed interface Started {
    /// The service is at work, or was already.
    record Underway(Ticket ticket) implements Started {}

    /// The service takes no such restore now and may take it later: its limits are reached, or the point in
    /// time is not restorable yet. Nothing was created.
    ///
    /// @param why for the person who waits
    /// @param atMost how long after the start of the recovery to go on asking
    record NotYet(String why, Duration atMost) implements Started {}
}
