package lifeboat.protection;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.EnvironmentReview;
import lifeboat.catalog.KeyNotInEffect;
import lifeboat.catalog.Problem;

/// Everything that can be said of an environment file and its backup plan at once: what is wrong with the file,
/// with its rules, and with what they promise, each with its line.
///
/// @param mistakes what makes the file or its rules unusable, in the order of the file
/// @param shortfalls the objectives that are missed and that nobody accepts, in the order of the file
/// @param report what the plan promises; empty: there are mistakes
/// @param cost what it costs; empty: there are mistakes
/// @param notInEffect the keys that the file gives and this version does not carry out
public record PlanReview(
        List<Problem> mistakes,
        List<Problem> shortfalls,
        Optional<ProtectionReport> report,
        Optional<CostEstimate> cost,
        List<KeyNotInEffect> notInEffect) {
    /// Of a file, also of one that is not right: what is wrong in one place does not hide what is wrong in another.
    ///
    /// @param today the day (UTC) on which it is judged
    public static PlanReview of(EnvironmentReview file, LocalDate today) {
        var judged = file.environment().map(environment -> ProtectionReport.of(environment, today));
        var rules = judged.stream()
                .flatMap(report -> report.illegalRules().stream())
                .filter(problem -> concernsTheFile(problem, file));
        var mistakes = Stream.concat(file.problems().stream(), rules)
                .map(file.lines()::placed)
                .sorted()
                .toList();
        var shortfalls = judged.stream()
                .flatMap(report -> report.shortfalls().stream())
                .filter(problem -> isJudgedWhole(problem, file))
                .map(file.lines()::placed)
                .sorted()
                .toList();
        var right = mistakes.isEmpty();
        return new PlanReview(
                mistakes,
                shortfalls,
                judged.filter(_ -> right),
                file.environment().filter(_ -> right).map(environment -> CostEstimate.of(environment, today)),
                file.notInEffect());
    }

    /// Everything that must stop a deployment, in the order of the file.
    public List<Problem> problems() {
        return Stream.concat(mistakes.stream(), shortfalls.stream()).sorted().toList();
    }

    /// Whether a problem of a rule is one of the file as it is written: where parts of it are wrong, it is judged
    /// without them.
    private static boolean concernsTheFile(Problem problem, EnvironmentReview file) {
        if (file.problems().isEmpty()) {
            return true;
        }
        var ofARule = problem.path().startsWith("schedules.");
        var dependsOnOthers = problem.code().equals("LB-035") && !file.isSound("workloads");
        return ofARule && !dependsOnOthers && (file.isSound("schedules") || hasRulesOfItsOwn(file));
    }

    /// Where none of its rules is right, those of the preset stand in, and are not the file's.
    private static boolean hasRulesOfItsOwn(EnvironmentReview file) {
        return file.environment()
                .filter(environment -> environment.schedules().origin().equals("own"))
                .isPresent();
    }

    /// A shortfall is one of the whole file only where nothing that it depends on is wrong.
    private static boolean isJudgedWhole(Problem problem, EnvironmentReview file) {
        return Stream.of("schedules", "tiers", "recoveryAccount", workload(problem.path()))
                .allMatch(file::isSound);
    }

    /// `workloads.shop` of `workloads.shop.resources.products`.
    private static String workload(String path) {
        var end = path.indexOf('.', "workloads.".length());
        return end < 0 ? path : path.substring(0, end);
    }
}
