package lifeboat.integrity;

import java.util.List;

/// Looks into a restored copy, piece by piece. One implementation a store.
///
/// Both methods only read. What cannot be read is thrown, never reported as sound.
public interface Inspections {
    /// The pieces of work, the same for the same copy.
    List<Segment> plan(Subject subject);

    /// Looks at one piece. Memory is bounded by the piece, not by the size of the data.
    Evidence inspect(Subject subject, Segment segment);
}
