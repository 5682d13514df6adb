package lifeboat.catalog;

/// Where the time of the newest write can be read in the data itself: the basis of every honest data loss.
public sealed interface Freshness {
    /// An attribute of each DynamoDB item that holds the time of its last write.
    ///
    /// @param name top-level attribute; ISO-8601 text, or a number of seconds or milliseconds since 1970
    record Attribute(String name) implements Freshness {}

    /// A query that returns one row with one value: the time of the newest write.
    ///
    /// @param query a single SELECT
    record Sql(String query) implements Freshness {}
}
