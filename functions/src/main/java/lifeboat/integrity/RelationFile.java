package lifeboat.integrity;

/// The file of a table, of its TOAST or of an index.
///
/// @param relation its number in the catalog
/// @param file number of the file itself: another one once it was written anew
/// @param blocks how long it is
/// @param name schema and name, quoted as SQL writes them
/// @param table the table that it belongs to, as a content record names it
/// @param kind what it holds
public record RelationFile(long relation, long file, long blocks, String name, String table, Kind kind) {
    /// So many blocks PostgreSQL adds at a time, ahead of their use, of which no log tells: `MAX_BUFFERS_TO_EXTEND_BY`
    /// in `hio.c` of its sources.
    public static final long ADDED_AHEAD = 64;

    /// What a file holds.
    public enum Kind {
        /// Rows, or what is stored of them elsewhere.
        ROWS,
        /// A B-tree, which the engine verifies wholly.
        BTREE,
        /// Another index.
        INDEX
    }
}
