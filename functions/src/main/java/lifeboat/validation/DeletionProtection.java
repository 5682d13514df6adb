package lifeboat.validation;

import lifeboat.catalog.Resource;

/// Whether live resources are protected from being deleted by one call.
public interface DeletionProtection {
    /// Whether it is on.
    Looked<Boolean> of(Resource resource);
}
