package lifeboat.report;

import java.time.Instant;
import java.util.List;
import lifeboat.catalog.Workload;
import lifeboat.objective.Standing;

/// What the validation found about the backups of a workload.
public interface BackupFindings {
    /// The findings of a period that ends at an instant: the newest look for a day, else every day of it.
    Findings of(Workload workload, Period period, Instant until);

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

        /// Every day of a period.
        ///
        /// @param days one an entry, the newest first, those on which nobody validated among them
        record ByDay(List<ValidatedDay> days) implements Findings {
            public ByDay {
                days = List.copyOf(days);
            }

            /// The days that stand so.
            List<ValidatedDay> standing(Standing standing) {
                return days.stream().filter(day -> day.standing() == standing).toList();
            }
        }

        /// In one word: what was not looked at, or where no check ran, is unmeasured.
        default Standing standing() {
            return switch (this) {
                case NotValidated _ -> Standing.UNMEASURED;
                case Validated validated when !validated.failures().isEmpty() -> Standing.MISSED;
                case Validated validated
                when !validated.gaps().isEmpty() || validated.passed() == 0 -> Standing.UNMEASURED;
                case Validated _ -> Standing.MET;
                case ByDay(var days) when days.isEmpty() -> Standing.UNMEASURED;
                case ByDay(var days) ->
                    Standing.worst(days.stream().map(ValidatedDay::standing).toList());
            };
        }
    }

    /// Says of every workload that nothing was found, and why.
    static BackupFindings none(String why) {
        return (_, _, _) -> new Findings.NotValidated(why);
    }
}
