package lifeboat.integrity;

import java.util.Optional;

/// What some pieces of one table hold in a copy, and what was recorded of the whole table.
///
/// @param copy what the pieces hold together
/// @param recorded what the whole table held in live; empty: another piece says it
public record PartialContent(TableContent copy, Optional<TableContent> recorded) {
    /// Both together.
    PartialContent plus(PartialContent other) {
        return new PartialContent(copy.plus(other.copy), recorded.or(other::recorded));
    }

    /// What the whole table proves.
    Outcome outcome(String check, Subject subject) {
        return recorded.map(before -> AsRecorded.outcome(check, before, copy, subject))
                .orElseGet(() ->
                        new Outcome.Inconclusive(check, "the first piece of %s is missing".formatted(copy.table())));
    }
}
