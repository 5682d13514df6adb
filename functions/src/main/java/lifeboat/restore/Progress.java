package lifeboat.restore;

import java.time.Instant;

/// Where a restore stands.
public sealed interface Progress {
    /// Under way.
    record Restoring() implements Progress {}

    /// The copy can be used.
    ///
    /// @param completedAt when the restore was done
    /// @param byService whether the service recorded that time; otherwise the copy was first seen available then
    /// @param remark what the service has to say although it calls the restore completed; empty: nothing
    record Available(Instant completedAt, boolean byService, String remark) implements Progress {}

    /// Nothing is there under the copy's name: not yet, or not any more.
    record Absent() implements Progress {}

    /// The service gave the restore up because of its limits, and made nothing: another one may be begun.
    record OverLimit(String why) implements Progress {}

    /// It will not come.
    record Failed(String why) implements Progress {}
}
