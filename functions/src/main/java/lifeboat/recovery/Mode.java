package lifeboat.recovery;

import lifeboat.catalog.ResourceName;
import lifeboat.restore.CopyName;

/// Why a recovery runs. It changes only what the copies are called and whether they are torn down.
public enum Mode {
    /// A rehearsal: copies are torn down at the end.
    DRILL(CopyName.DRILL_PREFIX),
    /// The day it was built for: copies stay.
    INCIDENT(CopyName.INCIDENT_PREFIX);

    private final String prefix;

    Mode(String prefix) {
        this.prefix = prefix;
    }

    /// The name of a resource's copy in a recovery of this mode.
    public CopyName copyOf(RecoveryId recovery, ResourceName resource) {
        return new CopyName(prefix + recovery + "-" + resource);
    }
}
