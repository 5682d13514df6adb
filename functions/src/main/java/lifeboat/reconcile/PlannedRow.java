package lifeboat.reconcile;

import java.util.Optional;

/// One row that a plan repairs: what live must still be, and what it will be.
///
/// @param key the row
/// @param copy digest of what the copy holds, which is what will be written; empty: the row will be deleted
/// @param copyCount how many equal rows that is; 0 where copy is empty
/// @param live digest of what live held when it was compared, the condition; empty: live held nothing
/// @param liveCount how many equal rows that was; 0 where live is empty
public record PlannedRow(RowKey key, Optional<String> copy, long copyCount, Optional<String> live, long liveCount) {

    /// How many rows it writes: more than one where rows cannot be told apart.
    public long rows() {
        return Math.max(1, Math.abs(copyCount - liveCount));
    }

    /// What repairs a difference.
    public static PlannedRow of(Difference difference) {
        return new PlannedRow(
                difference.key(),
                difference.inCopy().map(Image::digest),
                difference.inCopy().map(Image::copies).orElse(0L),
                difference.inLive().map(Image::digest),
                difference.inLive().map(Image::copies).orElse(0L));
    }
}
