package lifeboat.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.catalog.Resource;
import lifeboat.objective.Assessment;
import lifeboat.objective.Figures;
import lifeboat.objective.Phase;
import lifeboat.objective.ResourceResult;
import lifeboat.objective.Standing;
import lifeboat.recovery.Copy;
import lifeboat.recovery.CopyResult;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;

/// What the reader of a result does next, the most urgent first.
///
/// @param environment its name
record NextStep(String environment, Recovery recovery, Assessment assessment, List<CopyResult> copies) {
    String text() {
        List<String> steps = new ArrayList<>();
        if (recovery.request().mode() == Mode.INCIDENT) {
            steps.addAll(useTheCopies());
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

    private List<String> useTheCopies() {
        return switch (assessment.integrity()) {
            case MET ->
                Stream.concat(repairLive().stream(), Stream.of(useInstead())).toList();
            case UNMEASURED ->
                List.of("the copies are not proven: look at the gaps before you point the application at them.");
            case MISSED -> List.of("a copy FAILED its checks: do not point the application at it before you know why.");
        };
    }

    /// Where live still stands: first because it keeps what was written since.
    private Optional<String> repairLive() {
        return copies.stream()
                .map(copy -> copy.entry().copy())
                .filter(copy -> !copy.liveIsGone())
                .findFirst()
                .map(copy ->
                        """
                        to keep what was written since, repair only what is damaged. First compare:
                              aws lambda invoke --function-name lifeboat-%s-reconcile answer.json \\
                                --cli-binary-format raw-in-base64-out --payload \\
                                '{"action": "diff", "recovery": "%s", "resource": "%s"}'""".formatted(environment, recovery.id(), copy.source().name()));
    }

    private String useInstead() {
        return "or point the application at the copies. That DROPS what was written to live since:\n"
                + copies.stream().map(NextStep::dropped).collect(Collectors.joining("\n"));
    }

    private static String dropped(CopyResult result) {
        Copy copy = result.entry().copy();
        String address = copy.source() instanceof Resource.RdsInstance
                ? "\n        its address: aws rds describe-db-instances --db-instance-identifier \\\n          %s"
                        .formatted(copy.name())
                : "";
        return "      %s: %s, writes after %s%s"
                .formatted(
                        copy.source().name(),
                        copy.name(),
                        Figures.text(copy.point().time()),
                        address);
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
