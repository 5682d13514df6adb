package lifeboat.report;

import java.time.Instant;
import java.util.List;
import lifeboat.catalog.Workload;
import lifeboat.objective.Standing;

/// What the validation found about the backups of a workload.
public interface BackupFindings {
    /// The newest findings up to an instant.
    Findings of(Workload workload, Instant until);

    /// What is known of a workload's backups.
    sealed interface Findings {
        /// The backups were looked at.
        ///
        /// @param at when
        /// @param passed how many checks passed
        /// @param failures each with what was found
        /// @param gaps what could not be looked at, each with the reason
        record Validated(Instant at, int passed, List<String> failures, List<String> gaps) implements Findings {
            public Validated {
                failures = List.copyOf(failures);
                gaps = List.copyOf(gaps);
            }
        }

        /// The backups were not looked at.
        ///
        /// @param why what prevented it
        record NotValidated(String why) implements Findings {}

        /// In one word: what was not looked at, or where no check ran, is unmeasured.
        default Standing standing() {
            return switch (this) {
                case NotValidated _ -> Standing.UNMEASURED;
                case Validated validated when !validated.failures().isEmpty() -> Standing.MISSED;
                case Validated validated
                when !validated.gaps().isEmpty() || validated.passed() == 0 -> Standing.UNMEASURED;
                case Validated _ -> Standing.MET;
            };
        }
    }

    /// Says of every workload that nothing was found, and why.
    static BackupFindings none(String why) {
        return (_, _) -> new Findings.NotValidated(why);
    }
}
