package lifeboat.integrity;

import java.time.Instant;
import java.util.Optional;

/// What some pieces of one table hold in a copy, and what was recorded of the whole table.
///
/// @param copy what the pieces hold together
/// @param recorded what the whole table held in live; empty: another piece says it, or nothing was recorded
public record PartialContent(TableContent copy, Optional<TableContent> recorded) {
    /// Both together.
    PartialContent plus(PartialContent other) {
        return new PartialContent(copy.plus(other.copy), recorded.or(other::recorded));
    }

    /// What the whole table proves.
    ///
    /// @param point the point in time whose state the copy holds
    Outcome outcome(String check, Instant point) {
        return recorded.map(before -> AsRecorded.outcome(check, before, copy, point))
                .orElseGet(() -> new Outcome.Inconclusive(
                        check, "nothing was recorded of %s up to %s".formatted(copy.table(), point)));
    }
}
