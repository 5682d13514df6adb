package lifeboat.catalog;

import java.util.List;
import java.util.stream.Stream;

/// The rules by which everything in an environment is backed up.
///
/// @param origin the name of the preset, or `own` for rules of one's own
/// @param rules one to ten
public record BackupSchedules(String origin, List<BackupRule> rules) {
    public BackupSchedules {
        rules = List.copyOf(rules);
    }

    /// Every name that [#planOf] may give.
    public static final List<String> PLANS = Stream.concat(
                    Stream.of("plan"),
                    ResourceKeys.RESOURCE.discriminators().stream().map(store -> "plan-" + store))
            .toList();

    /// The rules that back up a store.
    ///
    /// @param store its key, `dynamodb`
    public List<BackupRule> rulesFor(String store) {
        return rules.stream().filter(rule -> rule.isFor(store)).toList();
    }

    /// What the backup plan of a store is called after its environment: AWS Backup applies every rule of a plan to
    /// all that the plan selects, so that a store which a rule leaves out has a plan of its own.
    ///
    /// @param store its key, `dynamodb`
    public String planOf(String store) {
        return rulesFor(store).size() == rules.size() ? "plan" : "plan-" + store;
    }
}
