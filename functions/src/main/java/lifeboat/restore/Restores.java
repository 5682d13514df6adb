package lifeboat.restore;

import java.util.Optional;
import lifeboat.catalog.Resource;

/// Restores one kind of store.
public interface Restores {
    /// Decides what is restored. Only reads.
    ///
    /// @throws lifeboat.catalog.Invalid where the source does not exist or the target cannot be reached,
    ///     with the restorable window in its message
    RestorePoint choose(Resource source, Target target);

    /// Starts the restore, or finds the one that was started for the same order.
    Started start(RestoreOrder order);

    /// Starts a restore in the place of one that [Progress.OverLimit] has ended; called again it finds the one that was
    /// started.
    ///
    /// @param ended the ticket of that one
    default Started startAgain(RestoreOrder order, Ticket ended) {
        throw new IllegalStateException(
                "no restore of %s ends over a limit".formatted(order.source().store()));
    }

    /// How many restores the service runs at once for one account in one region, by its default quota; the
    /// others wait.
    int atOnce();

    /// The restore that was started for an order, as far as the service can tell; empty: it knows of none.
    /// Starts nothing.
    Optional<Ticket> find(RestoreOrder order);

    /// Where it stands. Once the copy is available it carries the order's tags.
    Progress progress(RestoreOrder order, Ticket ticket);
}
