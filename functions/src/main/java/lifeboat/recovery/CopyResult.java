package lifeboat.recovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Objectives;
import lifeboat.integrity.Conclusion;
import lifeboat.integrity.Evidence;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Question;
import lifeboat.integrity.Segment;
import lifeboat.integrity.Tally;
import lifeboat.integrity.Tally.Kind;
import lifeboat.objective.DataLoss;
import lifeboat.objective.LiveWrites;
import lifeboat.objective.ResourceResult;
import lifeboat.objective.Soundness;
import lifeboat.objective.Timeline;

/// What became of one copy: what was found in it, and how that stands against the objectives.
///
/// @param entry the copy as the ledger has it
/// @param conclusion what the inspection found
/// @param result the verdicts
public record CopyResult(CopyEntry entry, Conclusion conclusion, ResourceResult result) {

    /// Judges one copy.
    ///
    /// @param evidence what the pieces of its inspection saw
    /// @param liveAbsent whether live could not be read at all
    static CopyResult of(
            Recovery recovery,
            CopyEntry entry,
            Map<Segment, Evidence> evidence,
            boolean liveAbsent,
            Objectives objectives) {
        Conclusion conclusion = Inspector.conclude(recovery, entry, evidence, liveAbsent);
        boolean allSeen = evidence.keySet().containsAll(entry.inspection());
        Soundness soundness = soundness(entry, allSeen, conclusion.outcomes());
        ResourceResult result = ResourceResult.judged(
                entry.copy().source().name(),
                entry.copy().point().time(),
                loss(
                        recovery,
                        entry,
                        conclusion,
                        allSeen && !liveAbsent && !entry.copy().liveIsGone()),
                timeline(recovery, entry, soundness),
                soundness,
                objectives);
        return new CopyResult(entry, conclusion, result);
    }

    private static Soundness soundness(CopyEntry entry, boolean allSeen, List<Outcome> outcomes) {
        List<String> failed = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        if (entry.verifiedAt().isEmpty() || !allSeen) {
            // a failure that a redrive overcame, or that came after the last check, does not speak against the copy
            // and the checks that it cost say themselves why they gave no answer
            entry.failure()
                    .filter(failure -> outcomes.stream()
                            .noneMatch(outcome -> outcome.seen().contains(failure.why())))
                    .ifPresent(failure -> gaps.add("%s failed: %s".formatted(failure.step(), failure.why())));
        }
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Failed(var check, var seen) -> failed.add(check + ": " + seen);
                case Outcome.Inconclusive(var check, var seen) -> gaps.add(check + ": " + seen);
                case Outcome.Passed _, Outcome.Observed _ -> {}
            }
        }
        if (entry.verifiedAt().isEmpty() && gaps.isEmpty()) {
            gaps.add("the inspection never ended");
        }
        if (!failed.isEmpty()) {
            return new Soundness.Damaged(failed);
        }
        return gaps.isEmpty() ? proven(outcomes) : new Soundness.Unproven(gaps);
    }

    /// A copy of the right structure can be empty: it is sound only where something passed that looks at what it holds.
    private static Soundness proven(List<Outcome> outcomes) {
        var structure = new Question.Structure().text();
        var passed = outcomes.stream().filter(Outcome.Passed.class::isInstance).toList();
        return passed.stream().allMatch(outcome -> outcome.check().equals(structure))
                ? new Soundness.Unproven(
                        List.of(
                                passed.isEmpty()
                                        ? "no check ran"
                                        : "nothing passed that looks at the content. hint: give the resource a check of its content"))
                : new Soundness.Sound(passed.size());
    }

    private static DataLoss loss(Recovery recovery, CopyEntry entry, Conclusion conclusion, boolean liveWasRead) {
        if (entry.restoreCompletedAt().isEmpty()) {
            return new DataLoss.Unknown("nothing was restored");
        }
        String newestWrite = new Question.NewestWrite().text();
        for (Outcome outcome : conclusion.outcomes()) {
            if (outcome.check().equals(newestWrite) && !(outcome instanceof Outcome.Passed)) {
                return new DataLoss.Unknown(newestWrite + ": " + outcome.seen());
            }
        }
        Tally tally = conclusion.tally();
        return DataLoss.measured(
                recovery.writesCountUntil(),
                entry.copy().point().time(),
                tally.newestInCopy(),
                liveWasRead ? live(recovery, tally) : Optional.empty());
    }

    private static Optional<LiveWrites> live(Recovery recovery, Tally tally) {
        return tally.newestInLive().isPresent() || tally.count(Kind.REWRITTEN_SINCE) > 0
                ? Optional.of(new LiveWrites(
                        tally.newestInLive(),
                        tally.count(Kind.LOST_WRITES),
                        tally.count(Kind.REWRITTEN_SINCE),
                        recovery.request().liveIsSuspect()))
                : Optional.empty();
    }

    private static Timeline timeline(Recovery recovery, CopyEntry entry, Soundness soundness) {
        Optional<Instant> usable = soundness instanceof Soundness.Sound ? entry.verifiedAt() : Optional.empty();
        return new Timeline(
                recovery.incidentAt(),
                recovery.startedAt(),
                entry.restoreStartedAt(),
                entry.restoreCompletedAt(),
                entry.configuredAt(),
                entry.verifiedAt(),
                usable);
    }
}
