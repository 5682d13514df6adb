package lifeboat.objective;

import java.util.List;

/// What the integrity checks prove about a restored copy.
public sealed interface Soundness {
    /// Every check ran and passed.
    ///
    /// @param checks how many
    record Sound(int checks) implements Soundness {}

    /// At least one check failed.
    ///
    /// @param failures each with what was seen
    record Damaged(List<String> failures) implements Soundness {
        public Damaged {
            failures = List.copyOf(failures);
        }
    }

    /// Nothing failed, but something could not be checked, or there is no copy to check.
    ///
    /// @param gaps each with what prevented it
    record Unproven(List<String> gaps) implements Soundness {
        public Unproven {
            gaps = List.copyOf(gaps);
        }
    }

    /// In one word.
    default Standing standing() {
        return switch (this) {
            case Sound _ -> Standing.MET;
            case Damaged _ -> Standing.MISSED;
            case Unproven _ -> Standing.UNMEASURED;
        };
    }
}
