package lifeboat.recovery;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    /// @param tags the tags of what has the copy's name
    static Optional<String> refusal(Recovery recovery, CopyEntry entry, Map<String, String> tags) {
        return refusalOfPlan(recovery, entry)
                .or(() -> ours(recovery)
                        .filter(tag -> !tag.getValue().equals(tags.get(tag.getKey())))
                        .findFirst()
                        .map(tag -> "tag %s of \"%s\" is \"%s\", not \"%s\""
                                .formatted(
                                        tag.getKey(),
                                        entry.copy().name(),
                                        tags.getOrDefault(tag.getKey(), "missing"),
                                        tag.getValue())));
    }

    /// Whether nothing but missing tags keeps the copy: every other lock agrees, and no tag contradicts.
    static boolean onlyTagsAreMissing(Recovery recovery, CopyEntry entry, Map<String, String> tags) {
        return refusalOfPlan(recovery, entry).isEmpty()
                && ours(recovery)
                        .allMatch(tag ->
                                tags.getOrDefault(tag.getKey(), tag.getValue()).equals(tag.getValue()))
                && refusal(recovery, entry, tags).isPresent();
    }

    private static Stream<Map.Entry<String, String>> ours(Recovery recovery) {
        return CopyTags.of(recovery.id(), Mode.DRILL).entrySet().stream();
    }

    private static Optional<String> refusalOfPlan(Recovery recovery, CopyEntry entry) {
        Copy copy = entry.copy();
        if (recovery.request().mode() != Mode.DRILL) {
            return Optional.of("recovery %s is an incident: its copies are kept".formatted(recovery.id()));
        }
        if (!copy.name().equals(Mode.DRILL.copyOf(recovery.id(), copy.source().name()))) {
            return Optional.of("\"%s\" is not the name of this drill's copy of %s"
                    .formatted(copy.name(), copy.source().name()));
        }
        return copy.name().value().equals(copy.source().physicalName())
                ? Optional.of("\"%s\" is the live resource itself".formatted(copy.name()))
                : Optional.empty();
    }
}
