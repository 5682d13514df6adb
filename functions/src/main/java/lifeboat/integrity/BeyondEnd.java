package lifeboat.integrity;

/// What is known of blocks that the file of a table does not have any more.
public sealed interface BeyondEnd {
    /// They held rows.
    ///
    /// @param seen what tells it
    record Rows(String seen) implements BeyondEnd {}

    /// They held none: an index that leads to every row was followed, and does not lead there.
    ///
    /// @param index its name
    /// @param relation its number in the catalog
    record Nothing(String index, long relation) implements BeyondEnd {}

    /// It cannot be told.
    ///
    /// @param why as a person reads it
    record Untold(String why) implements BeyondEnd {}
}
