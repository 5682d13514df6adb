package lifeboat.validation;

import java.time.Instant;
import java.util.List;
import lifeboat.catalog.WorkloadName;
import lifeboat.validation.Finding.Failed;
import lifeboat.validation.Finding.Passed;
import lifeboat.validation.Finding.Unknown;

/// What one look at all backups of an environment found.
///
/// @param at when
/// @param findings one a resource and aspect, then those of the environment
/// @param figures what the backups took and hold
public record Validation(Instant at, List<Finding> findings, BackupFigures figures) {
    public Validation {
        findings = List.copyOf(findings);
    }

    /// What is not as the plan promised.
    public List<Failed> failures() {
        return findings.stream()
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .toList();
    }

    /// What could not be looked at.
    public List<Unknown> gaps() {
        return findings.stream()
                .filter(Unknown.class::isInstance)
                .map(Unknown.class::cast)
                .toList();
    }

    /// How much is as the plan promised.
    public long passed() {
        return findings.stream().filter(Passed.class::isInstance).count();
    }

    /// Whether everything was looked at and is well. Nothing to look at is not well.
    public boolean isProven() {
        return passed() > 0 && passed() == findings.size();
    }

    /// The part about one workload, with what is about the environment as a whole.
    public Validation of(WorkloadName workload) {
        return new Validation(
                at,
                findings.stream()
                        .filter(finding -> finding.subject()
                                .workload()
                                .map(workload::equals)
                                .orElse(true))
                        .toList(),
                figures);
    }
}
