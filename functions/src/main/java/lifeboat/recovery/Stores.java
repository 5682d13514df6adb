package lifeboat.recovery;

import lifeboat.catalog.Resource;
import lifeboat.integrity.Inspections;
import lifeboat.parity.Parity;
import lifeboat.restore.Restores;

/// What can be done with a resource, by the kind of its store.
public interface Stores {
    /// The ways into the store of a resource.
    ///
    /// @throws lifeboat.catalog.Invalid where nothing can recover such a store yet
    Store of(Resource resource);

    /// The ways into one kind of store.
    record Store(Restores restores, Parity parity, Inspections inspections, Copies copies) {}
}
