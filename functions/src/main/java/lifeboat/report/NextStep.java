package lifeboat.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lifeboat.objective.Assessment;
import lifeboat.objective.Figures;
import lifeboat.objective.Phase;
import lifeboat.objective.ResourceResult;
import lifeboat.objective.Standing;
import lifeboat.recovery.CopyResult;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;

/// What the reader of a result does next, the most urgent first.
record NextStep(Recovery recovery, Assessment assessment, List<CopyResult> copies) {

    String text() {
        List<String> steps = new ArrayList<>();
        if (recovery.request().mode() == Mode.INCIDENT) {
            steps.add(useTheCopies());
        }
        if (leftBehind()) {
            steps.add("look after the copies that were left behind: they cost money.");
        }
        switch (assessment.standing()) {
            case MET -> drillCounts().ifPresent(steps::add);
            case UNMEASURED ->
                steps.add("mend what could not be measured, then run it again: nothing is proven until then.");
            case MISSED -> steps.addAll(misses());
        }
        return "What to do next:\n  - " + String.join("\n  - ", steps);
    }

    private String useTheCopies() {
        return switch (assessment.integrity()) {
            case MET -> "point the application at the copies named above.";
            case UNMEASURED -> "the copies are not proven: look at the gaps before you point the application at them.";
            case MISSED -> "a copy FAILED its checks: do not point the application at it before you know why.";
        };
    }

    private boolean leftBehind() {
        return recovery.request().mode() == Mode.DRILL
                && copies.stream().map(copy -> copy.entry().remains()).anyMatch(remains -> switch (remains) {
                    case OPEN, KEPT -> true;
                    case PLANNED, GONE -> false;
                });
    }

    private Optional<String> drillCounts() {
        return recovery.request().mode() == Mode.DRILL
                ? Optional.of("nothing: this drill counts towards the SLA of %s."
                        .formatted(recovery.request().workload()))
                : Optional.empty();
    }

    private List<String> misses() {
        List<String> steps = new ArrayList<>();
        if (assessment.integrity() == Standing.MISSED && recovery.request().mode() == Mode.DRILL) {
            steps.add("find out why a copy FAILED its checks: in an incident it could not be used.");
        }
        if (assessment.rpo() == Standing.MISSED) {
            steps.add("back up more often, or turn on point-in-time recovery: more was lost than was promised.");
        }
        if (assessment.rto() == Standing.MISSED) {
            slowest().ifPresent(steps::add);
        }
        return steps;
    }

    /// Where the time of the slowest resource went.
    private Optional<String> slowest() {
        return assessment.resources().stream()
                .filter(result -> result.rto().standing() == Standing.MISSED)
                .max(Comparator.comparing(result -> result.rto().measurement().orElseThrow()))
                .flatMap(NextStep::costsMost);
    }

    private static Optional<String> costsMost(ResourceResult result) {
        return longest(result.timeline().phases())
                .map(phase -> "win time where most of it goes: %s of %s took %s."
                        .formatted(phase.name(), result.resource(), Figures.text(phase.took())));
    }

    /// The phase that costs most, or empty where none has ended.
    static Optional<Phase> longest(List<Phase> phases) {
        return phases.stream().filter(phase -> phase.took().isPositive()).max(Comparator.comparing(Phase::took));
    }
}
