package lifeboat.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lifeboat.objective.Standing;
import lifeboat.validation.Validations.Entry;

/// What the validation found of a workload on one day. A quarter of a thousand workloads is held at once: of what was
/// found, one sentence is.
///
/// @param day in UTC
/// @param at of the last look; empty: nobody validated
/// @param passed how many checks passed in the last look
/// @param failures of all looks: what one of them found failed stays failed
/// @param gaps of the last look
record ValidatedDay(LocalDate day, Optional<Instant> at, int passed, Found failures, Found gaps) {

    /// So many findings of one kind.
    ///
    /// @param number how many
    /// @param first one of them; empty where there is none
    record Found(int number, String first) {
        static final Found NOTHING = new Found(0, "");

        private static Found of(List<String> found) {
            return found.isEmpty() ? NOTHING : new Found(found.size(), found.getFirst());
        }
    }

    static ValidatedDay of(LocalDate day, List<Entry> looks) {
        return looks.stream()
                .max(Comparator.comparing(Entry::at))
                .map(last -> new ValidatedDay(
                        day,
                        Optional.of(last.at()),
                        last.passed(),
                        Found.of(looks.stream()
                                .flatMap(look -> look.failures().stream())
                                .distinct()
                                .toList()),
                        Found.of(last.gaps())))
                .orElseGet(() -> new ValidatedDay(day, Optional.empty(), 0, Found.NOTHING, Found.NOTHING));
    }

    Standing standing() {
        if (failures.number() > 0) {
            return Standing.MISSED;
        }
        return gaps.number() > 0 || passed == 0 ? Standing.UNMEASURED : Standing.MET;
    }

    /// Whether somebody looked and could not look at everything, or no check ran.
    boolean hasGaps() {
        return at.isPresent() && (gaps.number() > 0 || (passed == 0 && failures.number() == 0));
    }
}
