package lifeboat.local.access;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Everything that was done so far, each thing once.
public final class Accesses {
    private final Set<Access> seen = ConcurrentHashMap.newKeySet();

    void add(Access access) {
        seen.add(access);
    }

    /// What was done, in no order that means anything.
    public List<Access> all() {
        return List.copyOf(seen);
    }
}
