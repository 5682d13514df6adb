package lifeboat.integrity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What one table held while it was read: a fingerprint of every part of it. Parts are cut by a hash of the key, so
/// that a row is in the same part wherever and in whatever order it is read.
///
/// @param table as its store names it
/// @param rule how a row became a digest, and a key a part; only contents of one rule can be compared
/// @param parts always {@link #PARTS}
/// @param from no write that was over before this is missing
/// @param until no write that began after this is in it; the same instant where all was read as of one moment
public record TableContent(String table, String rule, List<Part> parts, Instant from, Instant until) {
    /// Enough that a write here and there leaves most of them as they were, few enough for one item of the ledger.
    public static final int PARTS = 64;

    public TableContent {
        parts = List.copyOf(parts);
        if (parts.size() != PARTS) {
            throw new IllegalArgumentException("a content has %d parts, not %d".formatted(PARTS, parts.size()));
        }
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a content was read from %s until %s".formatted(from, until));
        }
    }

    /// One part.
    ///
    /// @param count rows or items
    /// @param sum of their digests
    /// @param newest no row was written later; empty: unknown
    public record Part(long count, Digest sum, Optional<Instant> newest) {
        /// Of nothing, in which nothing was written.
        public static final Part EMPTY = new Part(0, Digest.ZERO, Optional.of(Instant.EPOCH));

        public Part {
            if (count < 0) {
                throw new IllegalArgumentException("a part's count is at least 0, not " + count);
            }
        }

        /// Both together; what is unknown of one is unknown of both.
        public Part plus(Part other) {
            return new Part(
                    count + other.count,
                    sum.plus(other.sum),
                    newest.flatMap(mine -> other.newest.map(its -> mine.isAfter(its) ? mine : its)));
        }

        boolean holdsTheSameAs(Part other) {
            return count == other.count && sum.equals(other.sum);
        }
    }

    /// Nothing, as parts: where adding up starts.
    public static List<Part> nothing() {
        return Collections.nCopies(PARTS, Part.EMPTY);
    }

    /// Which part a key belongs to.
    ///
    /// @param hash of the key, the same for ever
    public static int partOf(long hash) {
        return (int) Math.floorMod(hash ^ hash >>> 32 ^ hash >>> 17, (long) PARTS);
    }

    /// This and another piece of the same table.
    ///
    /// @throws IllegalArgumentException where they are of different tables or rules
    public TableContent plus(TableContent other) {
        if (!table.equals(other.table) || !rule.equals(other.rule)) {
            throw new IllegalArgumentException("contents of '%s' by '%s' and of '%s' by '%s' cannot be added"
                    .formatted(table, rule, other.table, other.rule));
        }
        var both = new ArrayList<Part>();
        for (var i = 0; i < PARTS; i++) {
            both.add(parts.get(i).plus(other.parts.get(i)));
        }
        return new TableContent(
                table,
                rule,
                both,
                from.isBefore(other.from) ? from : other.from,
                until.isAfter(other.until) ? until : other.until);
    }

    /// Rows or items in all parts.
    public long count() {
        return parts.stream().mapToLong(Part::count).sum();
    }
}
