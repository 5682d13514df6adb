package lifeboat.integrity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.integrity.Outcome.Failed;
import lifeboat.integrity.Outcome.Inconclusive;
import lifeboat.integrity.Outcome.Observed;
import lifeboat.integrity.Outcome.Passed;
import lifeboat.integrity.Tally.Kind;

/// Turns what the pieces of an inspection saw into one outcome a question.
record Answers(
        Subject subject,
        List<Segment> planned,
        Map<Segment, Evidence> evidence,
        Map<Segment, String> failures,
        Tally tally) {

    Outcome to(Question question) {
        var needed = planned.stream().filter(question::needs).toList();
        if (needed.isEmpty()) {
            return question.comparesWithLive() && subject.trust() == Subject.LiveTrust.ABSENT
                    ? new Observed(question.text(), LiveComparison.NOT_READABLE)
                    : new Inconclusive(question.text(), "nothing looked into it");
        }
        var unseen = needed.stream()
                .filter(segment -> !evidence.containsKey(segment))
                .toList();
        return unseen.isEmpty() ? decided(question, needed) : undecided(question, needed, unseen);
    }

    private Outcome undecided(Question question, List<Segment> needed, List<Segment> unseen) {
        var why = unseen.stream()
                .map(segment -> segment.withoutKeys() + ": " + failures.getOrDefault(segment, "not looked at"))
                .distinct()
                .limit(3)
                .collect(Collectors.joining("; "));
        return new Inconclusive(
                question.text(), "%d of %d pieces without evidence: %s".formatted(unseen.size(), needed.size(), why));
    }

    private Outcome decided(Question question, List<Segment> needed) {
        return switch (question) {
            case Question.EnoughItems(var atLeast) ->
                Counts.enough(question, "items", tally.count(Kind.COPY_ROWS), atLeast);
            case Question.SameAsLive same -> asInLive(same, needed);
            case Question.SameAsRecorded recorded -> asRecorded(recorded, needed);
            case Question.NewestWrite _ -> NewestWrites.readable(question, subject, tally);
            case Question.OfPieces _ ->
                gravest(needed.stream().flatMap(piece -> said(question, piece)).toList());
        };
    }

    /// What all rows together prove, and what single pieces said that they could not compare.
    private Outcome asInLive(Question.SameAsLive question, List<Segment> needed) {
        Map<String, Tally> tables = new LinkedHashMap<>();
        var said = new ArrayList<Outcome>();
        for (var piece : needed) {
            Optional.ofNullable(evidence.get(piece)).ifPresent(seen -> {
                tables.merge(LiveComparison.table(piece), seen.tally(), Tally::plus);
                seen.outcomes().stream()
                        .filter(outcome -> outcome.check().equals(question.text()))
                        .forEach(said::add);
            });
        }
        said.addFirst(LiveComparison.content(question, subject.trust(), tables));
        return gravest(said);
    }

    /// What pieces with a whole table found, and what the others are together; and whether all of that shows that the
    /// copy reaches its point in time.
    private Outcome asRecorded(Question.SameAsRecorded question, List<Segment> needed) {
        var seen = needed.stream()
                .flatMap(piece -> Optional.ofNullable(evidence.get(piece)).stream())
                .toList();
        var partial = seen.stream().flatMap(found -> found.content().stream()).reduce(PartialContent::plus);
        var ofParts = partial.map(whole -> whole.outcome(question.text(), subject));
        var outcome = gravest(Stream.concat(
                        ofParts.stream(),
                        needed.stream()
                                .filter(piece -> Optional.ofNullable(evidence.get(piece))
                                        .flatMap(Evidence::content)
                                        .isEmpty())
                                .flatMap(piece -> said(question, piece)))
                .toList());
        var reached = partial.flatMap(whole ->
                whole.recorded().flatMap(before -> AsRecorded.reaches(ofParts.orElseThrow(), before, whole.copy())));
        return reaching(question, outcome, seen.stream().map(Evidence::reaches).reduce(reached, Tally::later));
    }

    /// A copy of an older point holds what was recorded too: only a write shortly before the point, or live itself,
    /// tells them apart.
    private Outcome reaching(Question.SameAsRecorded question, Outcome outcome, Optional<Instant> reached) {
        var latest = subject.restoredTo().minus(question.quietFor());
        if (gravity(outcome) > 1 || reached.filter(at -> !at.isBefore(latest)).isPresent() || isAsInLive()) {
            return outcome;
        }
        return new Inconclusive(
                question.text(),
                "%s. Nothing shows that the copy reaches its point in time %s: the newest write in it is of %s, and quietFor is %s"
                        .formatted(
                                outcome.seen(),
                                subject.restoredTo(),
                                reached.map(Instant::toString).orElse("an unknown time"),
                                question.quietFor()));
    }

    /// Whether live, which can be trusted, was compared row by row: then the copy lacks nothing up to its point.
    private boolean isAsInLive() {
        return subject.trust() == Subject.LiveTrust.TRUSTED
                && Question.of(subject.live()).stream()
                        .filter(Question.SameAsLive.class::isInstance)
                        .map(this::to)
                        .anyMatch(Passed.class::isInstance);
    }

    private Stream<Outcome> said(Question question, Segment piece) {
        var said = Optional.ofNullable(evidence.get(piece)).stream()
                .flatMap(seen -> seen.outcomes().stream())
                .filter(outcome -> outcome.check().equals(question.text()))
                .toList();
        return said.isEmpty() ? Stream.of(new Inconclusive(question.text(), piece + " gave no answer")) : said.stream();
    }

    /// One failure fails it; it passes only where every piece said that it does.
    private static Outcome gravest(List<Outcome> said) {
        var rank = said.stream().mapToInt(Answers::gravity).max().orElseThrow();
        var gravest = said.stream().filter(outcome -> gravity(outcome) == rank).toList();
        return retold(gravest.getFirst(), summary(gravest));
    }

    private static String summary(List<Outcome> outcomes) {
        var seen = outcomes.stream().map(Outcome::seen).distinct().toList();
        var first = seen.stream().limit(3).collect(Collectors.joining("; "));
        return seen.size() <= 3 ? first : "%s; and %d more".formatted(first, seen.size() - 3);
    }

    private static int gravity(Outcome outcome) {
        return switch (outcome) {
            case Passed _ -> 0;
            case Observed _ -> 1;
            case Inconclusive _ -> 2;
            case Failed _ -> 3;
        };
    }

    private static Outcome retold(Outcome outcome, String seen) {
        return switch (outcome) {
            case Passed _ -> new Passed(outcome.check(), seen);
            case Observed _ -> new Observed(outcome.check(), seen);
            case Inconclusive _ -> new Inconclusive(outcome.check(), seen);
            case Failed _ -> new Failed(outcome.check(), seen);
        };
    }
}
