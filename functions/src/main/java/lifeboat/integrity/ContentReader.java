package lifeboat.integrity;

import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Resource;

/// Reads what the tables behind a resource hold, by the same rule wherever they are read: live to be recorded, a
/// restored copy to be compared with that.
///
/// It only reads, in bounded memory, and throws what it could not read.
public interface ContentReader {
    /// The pieces of all tables.
    ///
    /// @param physicalName of the live resource, or of its copy
    /// @throws lifeboat.catalog.Invalid where no content can be read of such a store or engine
    List<ContentPiece> pieces(Resource resource, String physicalName);

    /// What one piece holds; all pieces of a table add up to it. Tables are named as in live.
    ///
    /// @param explainedBy attribute or column with the time of the last write; empty: rows tell no time
    /// @param since which rows the record knows nothing of that the piece is compared with; empty: with none
    TableContent read(
            Resource resource,
            String physicalName,
            ContentPiece piece,
            Optional<String> explainedBy,
            Optional<TableContent.Since> since);

    /// The table that a piece is of, as it is named in live.
    String table(Resource resource, ContentPiece piece);
}
