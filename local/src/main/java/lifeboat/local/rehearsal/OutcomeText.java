package lifeboat.local.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lifeboat.integrity.Question;
import lifeboat.objective.Figures;
import lifeboat.objective.ResourceResult;
import lifeboat.objective.Standing;
import lifeboat.recovery.CopyResult;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// The outcome of a rehearsal as a person reads it.
record OutcomeText(Outcome outcome, Terminal terminal) {
    private static final List<String> HEAD =
            List.of("resource", "restored to", "data lost", "time to recover", "verdict");

    void print() {
        terminal.say(rows());
        terminal.step("The e-mail");
        outcome.letters().forEach(this::print);
        terminal.step("The result");
        table().forEach(line -> terminal.say("  " + line));
        outcome.judged()
                .copies()
                .forEach(copy -> terminal.say(
                        "  phases of %s: %s".formatted(copy.result().resource(), phases(copy.result()))));
        outcome.judged().copies().forEach(copy -> compared(copy).forEach(line -> terminal.say("  " + line)));
        outcome.repaired()
                .forEach((resource, live) -> terminal.say("  live %s: %s".formatted(resource, repaired(live))));
        outcome.skipped().forEach(reason -> terminal.say("  not rehearsed: " + reason));
        terminal.say("");
        List<String> objections = outcome.objections();
        objections.forEach(objection -> terminal.say("  " + terminal.bad("NOT PASSED: " + objection)));
        if (objections.isEmpty()) {
            terminal.say("  "
                    + terminal.good("PASSED: every objective met, every row as it was, %s."
                            .formatted(outcome.repaired().isEmpty() ? "nothing left behind" : "live repaired")));
        }
    }

    private void print(PublishRequest letter) {
        terminal.say("  Subject: " + terminal.bold(letter.subject()));
        letter.message().lines().forEach(line -> terminal.say("  | " + line));
    }

    private String rows() {
        return outcome.comparisons().entrySet().stream()
                .map(entry -> rows(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private String rows(String resource, Comparison comparison) {
        String verdict = comparison.exact() ? terminal.good("exactly as they were") : terminal.bad("NOT as they were");
        return """
                  %s: %,d rows in the copy, %s at %s
                      missing %,d, unexpected %,d, different %,d
                      damaged rows that are good in the copy: %,d of %,d
                      good writes that are lost: %,d""".formatted(
                        resource,
                        comparison.rows(),
                        verdict,
                        Figures.text(comparison.restoredTo()),
                        comparison.missing(),
                        comparison.unexpected(),
                        comparison.different(),
                        comparison.cameBack(),
                        comparison.damaged(),
                        comparison.lostWrites());
    }

    private List<String> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        outcome.judged().copies().stream()
                .map(CopyResult::result)
                .map(this::row)
                .forEach(rows::add);
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEAD.size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(("%-" + widths.get(column) + "s  ").formatted(row.get(column)));
        }
        return line.toString().stripTrailing();
    }

    private List<String> row(ResourceResult result) {
        return List.of(
                result.resource().value(),
                result.restoredTo().map(Figures::text).orElse("not restored"),
                result.loss().duration().map(Figures::text).orElse("unknown"),
                result.timeline().timeToRecover().map(Figures::text).orElse("unknown"),
                result.standing().name());
    }

    private String repaired(Repaired live) {
        String verdict =
                live.wrong() == 0 ? terminal.good("every row is what it should be") : terminal.bad("NOT repaired");
        String undecided = live.undecided() == 0
                ? ""
                : "; %,d damaged rows whose last good write is lost were left alone".formatted(live.undecided());
        return "%s: %,d rows repaired, %,d written since the damage kept%s"
                .formatted(verdict, live.planned(), live.writtenSince(), undecided);
    }

    /// What the copy is beside what was recorded of live before anything went wrong.
    private static List<String> compared(CopyResult copy) {
        List<String> asked = Question.of(copy.entry().copy().source()).stream()
                .filter(Question.SameAsRecorded.class::isInstance)
                .map(Question::text)
                .toList();
        return copy.conclusion().outcomes().stream()
                .filter(outcome -> asked.contains(outcome.check()))
                .map(outcome -> "fingerprint of %s %s: %s"
                        .formatted(
                                copy.result().resource(),
                                outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                                outcome.seen()))
                .toList();
    }

    private static String phases(ResourceResult result) {
        return result.timeline().phases().stream()
                .map(phase -> phase.name() + " " + Figures.text(phase.took()))
                .collect(Collectors.joining(", "));
    }

    static boolean passed(Outcome outcome) {
        return outcome.judged().assessment().standing() == Standing.MET
                && outcome.objections().isEmpty();
    }
}
