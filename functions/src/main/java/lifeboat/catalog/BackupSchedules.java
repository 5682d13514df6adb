package lifeboat.catalog;

import java.util.List;

/// The rules by which everything in an environment is backed up.
///
/// @param origin the name of the preset, or `own` for rules of one's own
/// @param rules one to ten
public record BackupSchedules(String origin, List<BackupRule> rules) {
    public BackupSchedules {
        rules = List.copyOf(rules);
    }
}
