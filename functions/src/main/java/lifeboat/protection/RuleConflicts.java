package lifeboat.protection;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Durations;
import lifeboat.catalog.Problem;

/// How the rules of one store get into each other's way.
///
/// @param today the day that the year of firings begins with
record RuleConflicts(LocalDate today) {
    /// What makes the times of a rule unknown, or others than written.
    private static final Set<String> TIMES = Set.of("LB-030", "LB-032", "LB-033", "LB-034");

    /// Windows that overlap and jobs that hold others back, among the rules whose own times are right.
    ///
    /// @param known what is wrong with single rules
    List<Problem> among(List<BackupRule> rules, Collection<Problem> known) {
        var right = rules.stream().filter(rule -> hasTimes(rule, known)).toList();
        var firings = Firings.of(right, today);
        var overlaps = firings.overlaps().toList();
        var pairs = overlaps.stream()
                .map(overlap -> Set.of(overlap.one().rule(), overlap.other().rule()))
                .collect(Collectors.toCollection(HashSet::new));
        var problems = new ArrayList<Problem>();
        overlaps.forEach(overlap -> overlap(overlap).ifPresent(problems::add));
        if (right.size() == rules.size()) {
            firings.held().stream()
                    .filter(held -> held.running().rule().equals(held.waiting().rule())
                            || !pairs.contains(
                                    Set.of(held.running().rule(), held.waiting().rule())))
                    .map(RuleConflicts::held)
                    .forEach(problems::add);
        }
        return problems;
    }

    private static boolean hasTimes(BackupRule rule, Collection<Problem> known) {
        return known.stream()
                .noneMatch(problem ->
                        TIMES.contains(problem.code()) && problem.path().startsWith("schedules." + rule.name() + "."));
    }

    private static Optional<Problem> overlap(Firings.Overlap overlap) {
        var shorter = shorter(overlap.one(), overlap.other());
        var longer = shorter.equals(overlap.one()) ? overlap.other() : overlap.one();
        return harm(shorter.rule(), longer.rule()).map(harm -> {
            var message =
                    "the start window from %s overlaps that of \"%s\" from %s: AWS Backup then takes only the backup kept longer, %s"
                            .formatted(Clock.shown(shorter.at()), longer.rule().name(), Clock.shown(longer.at()), harm);
            var hint = "separate the windows, or give both rules the same copy and different retention";
            return new Problem("LB-038", "schedules." + shorter.rule().name() + ".cron", 0, message, hint);
        });
    }

    private static Problem held(Firings.Held held) {
        var running = held.running();
        var waiting = held.waiting();
        var atMost = Duration.between(running.startsBefore(), waiting.startsBefore());
        var message =
                "the job of %s may run until %s, but the start window of \"%s\" from %s ends before: AWS Backup runs one job of a resource at a time, and that backup may never start"
                        .formatted(
                                Clock.shown(running.at()),
                                Clock.shown(running.availableBy()),
                                waiting.rule().name(),
                                Clock.shown(waiting.at()));
        var hint = atMost.isPositive()
                ? "a completionWindow of at most " + Durations.shown(atMost) + ", or more time between the two"
                : "more time between the two, or a shorter startWindow";
        return new Problem("LB-039", "schedules." + running.rule().name() + ".completionWindow", 0, message, hint);
    }

    private static Firing shorter(Firing one, Firing other) {
        return one.rule().deleteAfter().compareTo(other.rule().deleteAfter()) <= 0 ? one : other;
    }

    /// What is lost with the rule that is dropped; empty: the other does as much.
    private static Optional<String> harm(BackupRule dropped, BackupRule kept) {
        if (dropped.deleteAfter().equals(kept.deleteAfter())) {
            return Optional.of("and both are kept equally long");
        }
        return dropped.copy() && !kept.copy() ? Optional.of("which is not copied") : Optional.empty();
    }
}
