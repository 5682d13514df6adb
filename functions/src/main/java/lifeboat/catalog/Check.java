package lifeboat.catalog;

import java.time.Duration;
import java.util.Optional;

/// One integrity check that the environment file asks for. Key schema, indexes and freshness are always checked.
public sealed interface Check {
    /// The restored table holds enough items.
    ///
    /// @param atLeast the smallest number of items that passes
    record Items(long atLeast) implements Check {}

    /// A restored SQL table holds about as many rows as live had at the point in time, or at least a number.
    ///
    /// @param table table, optionally with its schema: `orders` or `sales.orders`
    /// @param withinPercent how far the count may lie from live, in percent; absent: not compared with live
    /// @param atLeast the smallest number of rows that passes; absent: one
    record Rows(String table, Optional<Double> withinPercent, Optional<Long> atLeast) implements Check {}

    /// A query on the restored database returns exactly a value.
    ///
    /// @param query a single SELECT that returns one row with one column
    /// @param expected the value and its type
    record SqlAssertion(String query, Expected expected) implements Check {
        /// A value as it stands unquoted in a file.
        public SqlAssertion(String query, String unquoted) {
            this(query, Expected.unquoted(unquoted));
        }
    }

    /// The content equals live, but for what was written after the point in time.
    ///
    /// @param explainedBy attribute or column with the time of the last write; absent: every difference counts
    record MatchesLive(Optional<String> explainedBy) implements Check {}

    /// The content is what was recorded of live, but for what was written between: it can be compared even when
    /// live is gone. Recorded every day, wherever it is asked for.
    ///
    /// @param explainedBy attribute or column with the time of the last write; absent: every difference is a gap
    /// @param quietFor how long the resource may go without any write: a copy that shows none for longer before its
    /// point in time may be of an older one
    record Fingerprint(Optional<String> explainedBy, Duration quietFor) implements Check {
        /// What is taken where nothing else is said.
        public static final Duration QUIET_FOR = Duration.ofHours(1);

        /// A resource that is written to every hour.
        public Fingerprint(Optional<String> explainedBy) {
            this(explainedBy, QUIET_FOR);
        }
    }

    /// The engine's own verification of its files: `amcheck` on PostgreSQL, `CHECK TABLE` on MySQL.
    record EngineCheck() implements Check {}
}
