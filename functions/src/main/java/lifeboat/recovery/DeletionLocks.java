package lifeboat.recovery;

import java.util.Map;
import java.util.Optional;

/// The locks that must agree before a restored copy is deleted. The fourth is the IAM policy of the role, which denies
/// the deletion of everything whose name does not start with the prefix of drills.
///
/// A copy inherits the tags of its source, so only what a tag says can prove something, never what it does not say.
final class DeletionLocks {
    private DeletionLocks() {}

    /// Why the copy must not be deleted; empty: every lock agrees.
    ///
    /// @param recovery the recovery that planned the copy, as the ledger has it
    /// @param entry the planned copy
    /// @param tags the tags of what stands under the copy's name
    static Optional<String> refusal(Recovery recovery, CopyEntry entry, Map<String, String> tags) {
        Copy copy = entry.copy();
        if (recovery.request().mode() != Mode.DRILL) {
            return Optional.of("recovery %s is an incident: its copies are kept".formatted(recovery.id()));
        }
        if (!copy.name().equals(Mode.DRILL.copyOf(recovery.id(), copy.source().name()))) {
            return Optional.of("\"%s\" is not the name of this drill's copy of %s"
                    .formatted(copy.name(), copy.source().name()));
        }
        if (copy.name().value().equals(copy.source().physicalName())) {
            return Optional.of("\"%s\" is the live resource itself".formatted(copy.name()));
        }
        return CopyTags.of(recovery.id(), Mode.DRILL).entrySet().stream()
                .filter(tag -> !tag.getValue().equals(tags.get(tag.getKey())))
                .findFirst()
                .map(tag -> "tag %s of \"%s\" is \"%s\", not \"%s\""
                        .formatted(
                                tag.getKey(), copy.name(), tags.getOrDefault(tag.getKey(), "missing"), tag.getValue()));
    }
}
