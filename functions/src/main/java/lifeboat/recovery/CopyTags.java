package lifeboat.recovery;

import java.util.Map;

/// The tags of a restored copy: the third of the four locks on deletion.
public final class CopyTags {
    /// Holds the id of the recovery that made the copy.
    public static final String RECOVERY = "lifeboat:recovery";

    /// Holds the mode of that recovery.
    public static final String MODE = "lifeboat:mode";

    private CopyTags() {}

    /// The tags of a copy of one recovery.
    public static Map<String, String> of(RecoveryId recovery, Mode mode) {
        return Map.of(RECOVERY, recovery.value(), MODE, mode.name());
    }
}
