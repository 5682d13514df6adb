package lifeboat.validation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// A backup vault, looked at as a whole: it is listed by time, never resource by resource.
public interface Vault {
    /// Its settings.
    Looked<VaultFacts> settings();

    /// Hands over the recovery points created in a span of time, page by page.
    ///
    /// @param from the first instant
    /// @param until the last instant
    /// @return how many; where it could not be listed to the end, what was handed over counts for nothing
    Looked<Long> points(Instant from, Instant until, Consumer<PointFacts> each);

    /// The continuous backup of one resource, however long ago it was begun; empty: there is none. Asked only for
    /// resources that a rule backs up continuously.
    Looked<Optional<PointFacts>> continuous(String resourceArn);
}
