package lifeboat.report;

/// Tells the team something.
public interface Announcements {
    /// Sends a letter to everybody who is subscribed.
    void announce(Letter letter);
}
