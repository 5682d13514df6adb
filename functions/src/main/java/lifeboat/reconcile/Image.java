package lifeboat.reconcile;

import java.time.Instant;
import java.util.Optional;

/// One side's version of a row, by its digest: enough to see that it differs and to notice that it was written since.
///
/// @param digest of the whole content, byte-exact; the same function on both sides; at least 128 bits
/// @param copies how many equal rows it stands for; always 1 where the table has a key
/// @param writtenAt last write by the column that the caller named; empty: no such column, or no value
/// @param expiresAt when the store's time to live removes it; empty: never
/// @param purgeAt the time by which a purge rule decides; empty: no rule for the table, or no value
public record Image(
        String digest,
        long copies,
        Optional<Instant> writtenAt,
        Optional<Instant> expiresAt,
        Optional<Instant> purgeAt) {
    public Image {
        if (copies < 1) {
            throw new IllegalArgumentException("an image of %d rows".formatted(copies));
        }
    }

    /// One row without any times.
    public static Image of(String digest) {
        return new Image(digest, 1, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
