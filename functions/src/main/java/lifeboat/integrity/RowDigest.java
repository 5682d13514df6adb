package lifeboat.integrity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A row or item as it is recorded: 64 bits of its key, 64 bits of all it holds, and the time of its last write.
///
/// @param key hash of the key; where a table has none, another hash of all that the row holds
/// @param content hash of all that the row holds
/// @param writtenAt microseconds since 1970; {@link #UNTIMED} where the row does not tell
public record RowDigest(long key, long content, long writtenAt) {
    /// The row tells no time of its last write.
    public static final long UNTIMED = Long.MIN_VALUE;
    /// Beyond every time that a database knows.
    private static final long FAR = 9_200_000_000_000L;

    /// Of a row and the time of its last write; empty: it tells none.
    public RowDigest(long key, long content, Optional<Instant> writtenAt) {
        this(key, content, writtenAt.map(RowDigest::micros).orElse(UNTIMED));
    }

    private static long micros(Instant at) {
        var far = Math.abs(at.getEpochSecond()) > FAR;
        return far ? Long.signum(at.getEpochSecond()) * FAR * 1_000_000 : ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /// The time of its last write; empty: it tells none.
    Optional<Instant> time() {
        return writtenAt == UNTIMED ? Optional.empty() : Optional.of(Instant.EPOCH.plus(writtenAt, ChronoUnit.MICROS));
    }

    /// Which sample the key is in, and in all finer ones: 0 is of every key, each next one of a sixteenth of it.
    static int level(long key) {
        return Math.min(Sketch.LEVELS - 1, Long.numberOfTrailingZeros(mix(key)) / 4);
    }

    /// A hash of all three: what is added up as one row can be told from what is none.
    long check() {
        return mix(mix(mix(key) + content) + writtenAt);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
