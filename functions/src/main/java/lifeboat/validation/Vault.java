package lifeboat.validation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// A backup vault, looked at as a whole: it is listed by time; resource by resource only what no
/// time tells.
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

    /// Whether a complete recovery point of one resource is there that does not go when the resource is deleted.
    default Looked<Boolean> outliving(String resourceArn) {
        return new Looked.Unseen<>("the recovery points of one resource cannot be listed here");
    }
}
