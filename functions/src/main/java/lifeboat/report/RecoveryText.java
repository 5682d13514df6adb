package lifeboat.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Objectives;
import lifeboat.integrity.Outcome;
import lifeboat.objective.Assessment;
import lifeboat.objective.Figures;
import lifeboat.objective.Phase;
import lifeboat.objective.ResourceResult;
import lifeboat.objective.Soundness;
import lifeboat.objective.Standing;
import lifeboat.objective.Verdict;
import lifeboat.recovery.Assessor;
import lifeboat.recovery.CopyEntry;
import lifeboat.recovery.CopyResult;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.Unplanned;

/// The result of a recovery in words that a tired person can read.
public final class RecoveryText {
    private final Environment environment;
    private final Recovery recovery;
    private final Assessment assessment;
    private final List<CopyResult> copies;

    public RecoveryText(Environment environment, Assessor.Judged judged) {
        this.environment = environment;
        this.recovery = judged.recovery();
        this.assessment = judged.assessment();
        this.copies = judged.copies();
    }

    /// The whole as a letter.
    public Letter letter() {
        return new Letter(subject(), body());
    }

    private String subject() {
        return "[%s] %s of %s: %s"
                .formatted(environment.name(), mode(), recovery.request().workload(), headline());
    }

    private String headline() {
        return switch (assessment.standing()) {
            case MET -> "objectives MET, lost %s, back in %s".formatted(dataLoss(), timeToRecover());
            case MISSED -> "MISSED: " + named(Standing.MISSED);
            case UNMEASURED -> "NOT PROVEN: " + named(Standing.UNMEASURED);
        };
    }

    private String named(Standing standing) {
        List<String> parts = new ArrayList<>();
        if (assessment.integrity() == standing) {
            parts.add("integrity");
        }
        if (assessment.rpo() == standing) {
            parts.add("RPO" + missed(" (lost %s)", ResourceResult::rpo));
        }
        if (assessment.rto() == standing) {
            parts.add("RTO" + missed(" (took %s)", ResourceResult::rto));
        }
        return String.join(", ", parts);
    }

    /// The worst miss in a few words; nothing where none was measured.
    private String missed(String words, Function<ResourceResult, Verdict> verdict) {
        return assessment.resources().stream()
                .map(verdict)
                .filter(one -> one.standing() == Standing.MISSED)
                .flatMap(one -> one.measurement().stream())
                .max(Comparator.naturalOrder())
                .map(worst -> words.formatted(Figures.text(worst)))
                .orElse("");
    }

    private String dataLoss() {
        return assessment.dataLoss().map(Figures::text).orElse("unknown");
    }

    private String timeToRecover() {
        return assessment.timeToRecover().map(Figures::text).orElse("unknown");
    }

    private String mode() {
        return recovery.request().mode() == Mode.DRILL ? "drill" : "incident";
    }

    /// The body of the letter.
    public String body() {
        Objectives objectives = assessment.objectives();
        return Lines.wrapped("""
                %s

                  recovery      %s (%s)
                  incident at   %s
                  started at    %s
                  objectives    RPO %s, RTO %s

                %s
                %s
                """.formatted(
                        headline(),
                        recovery.id(),
                        mode(),
                        Figures.text(recovery.incidentAt()),
                        Figures.text(recovery.startedAt()),
                        Figures.text(objectives.rpo()),
                        Figures.text(objectives.rto()),
                        Stream.concat(
                                        copies.stream().map(this::resource),
                                        recovery.unplanned().stream().map(RecoveryText::unplanned))
                                .collect(Collectors.joining("\n")),
                        new NextStep(environment.name().toString(), recovery, assessment, copies).text()));
    }

    private static String unplanned(Unplanned one) {
        return """
                %s NOT RESTORED
                  because       %s
                """.formatted(one.resource(), one.why());
    }

    private String resource(CopyResult copy) {
        ResourceResult result = copy.result();
        return """
                %s -> %s
                  restored to   %s
                  data loss     %s
                  recovery      %s
                  phases        %s
                  integrity     %s
                %s""".formatted(
                        result.resource(),
                        copy.entry().copy().name(),
                        Figures.text(copy.entry().copy().point().time()),
                        lost(result),
                        back(result),
                        phases(result),
                        soundness(result.soundness()),
                        details(copy));
    }

    /// With what the figure rests on; where there is none, the verdict says why.
    private static String lost(ResourceResult result) {
        return result.rpo() instanceof Verdict.Unmeasured
                ? verdict(result.rpo())
                : "%s: %s".formatted(verdict(result.rpo()), result.loss().basis());
    }

    /// What keeps a copy from being proven is said once, under its integrity.
    private static String back(ResourceResult result) {
        return result.soundness() instanceof Soundness.Unproven
                ? "UNMEASURED, the copy is not proven"
                : verdict(result.rto());
    }

    private static String verdict(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Met met -> "%s, MET".formatted(Figures.text(met.measured()));
            case Verdict.Missed missed ->
                "%s, MISSED by %s"
                        .formatted(
                                Figures.text(missed.measured()),
                                Figures.text(missed.measured().minus(missed.objective())));
            case Verdict.Unmeasured(var why) -> "UNMEASURED, " + why;
        };
    }

    private static String phases(ResourceResult result) {
        List<Phase> phases = result.timeline().phases();
        Optional<Phase> longest = NextStep.longest(phases);
        return phases.stream()
                .map(phase -> phase.name() + " " + Figures.text(phase.took())
                        + (longest.equals(Optional.of(phase)) ? " (longest)" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String soundness(Soundness soundness) {
        return switch (soundness) {
            case Soundness.Sound(var checks) ->
                "SOUND, %d %s passed".formatted(checks, checks == 1 ? "check" : "checks");
            case Soundness.Damaged(var failures) -> "FAILED, " + String.join("; ", failures);
            case Soundness.Unproven(var gaps) -> "NOT PROVEN, " + String.join("; ", gaps);
        };
    }

    private String details(CopyResult copy) {
        StringBuilder lines = new StringBuilder();
        for (Outcome outcome : copy.conclusion().outcomes()) {
            lines.append("    %s %s: %s\n".formatted(mark(outcome), outcome.check(), outcome.seen()));
        }
        List<String> samples =
                environment.contacts().rowKeys() ? copy.conclusion().samples() : List.of();
        samples.forEach(sample -> lines.append("    differs      %s\n".formatted(sample)));
        copy.entry().parityGaps().forEach(gap -> lines.append("    setting not re-applied: %s\n".formatted(gap)));
        remains(copy.entry()).ifPresent(line -> lines.append("    %s\n".formatted(line)));
        return lines.toString();
    }

    /// What is left of a copy that somebody has to know of.
    private Optional<String> remains(CopyEntry entry) {
        if (recovery.request().mode() == Mode.INCIDENT) {
            return entry.restoreStartedAt().map(_ -> "the copy stays until somebody removes it");
        }
        return switch (entry.remains()) {
            case GONE -> Optional.empty();
            case PLANNED -> Optional.of("no copy was seen; the hourly sweep looks once more");
            case OPEN -> Optional.of("LEFT BEHIND: not removed yet, the hourly sweep tries again");
            case KEPT ->
                Optional.of("LEFT BEHIND: nothing proves that it is ours, so it is not removed; look, then delete it");
        };
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Passed _ -> "passed      ";
            case Outcome.Failed _ -> "FAILED      ";
            case Outcome.Inconclusive _ -> "INCONCLUSIVE";
            case Outcome.Observed _ -> "observed    ";
        };
    }
}
