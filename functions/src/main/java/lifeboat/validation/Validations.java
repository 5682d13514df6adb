package lifeboat.validation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.WorkloadName;

/// What was found before: one entry a workload and look.
public interface Validations {
    /// Writes an entry. The same look written twice is one entry.
    void record(WorkloadName workload, Entry entry);

    /// The newest entry up to an instant, or empty where there is none.
    Optional<Entry> newest(WorkloadName workload, Instant until);

    /// Every entry of a span of time, the oldest first.
    ///
    /// @param from the first instant
    /// @param until the last instant
    List<Entry> within(WorkloadName workload, Instant from, Instant until);

    /// What one look found of one workload.
    ///
    /// @param at when
    /// @param passed how much is as the plan promised
    /// @param failures each with what was found
    /// @param gaps what could not be looked at, each with the reason
    record Entry(Instant at, int passed, List<String> failures, List<String> gaps) {
        private static final int SHOWN = 200;

        public Entry {
            failures = List.copyOf(failures);
            gaps = List.copyOf(gaps);
        }

        static Entry of(Validation validation) {
            return new Entry(
                    validation.at(), (int) validation.passed(), shown(validation.failures()), shown(validation.gaps()));
        }

        private static List<String> shown(List<? extends Finding> findings) {
            var more = findings.size() - SHOWN;
            return Stream.concat(
                            findings.stream().limit(SHOWN).map(Entry::told),
                            more > 0 ? Stream.of("and " + more + " more") : Stream.empty())
                    .toList();
        }

        private static String told(Finding finding) {
            var place = finding.subject() + ", " + finding.aspect().label() + ": ";
            return switch (finding) {
                case Finding.Passed _ -> place + "as promised";
                case Finding.Failed failed -> place + failed.told() + ". hint: " + failed.hint();
                case Finding.Unknown gap -> place + "could not be looked at: " + gap.why();
            };
        }
    }
}
