package lifeboat.reconcile.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.memory.MemorySide.Place;
import lifeboat.reconcile.memory.MemorySide.Rows;

/// A store as an application sees it.
public interface Store {
    List<MemoryTable> tables();

    Optional<Rows> at(Place place);

    Set<RowKey> keys(TableName table);

    /// Everything, as it stands.
    Map<Place, Rows> all();

    /// Writes a row, or removes it.
    ///
    /// @return whether constraints and locks allow it; if not, nothing is written
    boolean write(Place place, Optional<Rows> next);

    /// Whether a transaction of somebody else is under way.
    boolean isBusy();

    /// Whether somebody else holds that row.
    boolean isLocked(Place place);
}
