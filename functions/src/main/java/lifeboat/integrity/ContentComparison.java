package lifeboat.integrity;

import java.util.List;

/// Reads all rows or items of a copy, and of live where that can be read: counts, compares and finds the newest
/// writes.
///
/// Like [Inspections], which hands the pieces of this kind on to it, it only reads, in bounded memory, and throws what
/// it could not read.
public interface ContentComparison {
    /// The pieces, the same for the same copy; none where nothing that is asked needs the content.
    List<Segment> plan(Subject subject);

    /// Counts and compares one piece; decides nothing.
    Evidence compare(Subject subject, Segment segment);
}
