package lifeboat.local.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.objective.DataLoss;
import lifeboat.objective.Soundness;
import lifeboat.objective.Standing;
import lifeboat.recovery.Assessor;
import lifeboat.recovery.CopyResult;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// How a rehearsal went: what the system says of its recovery, and what the rehearsal found itself.
///
/// @param script what was rehearsed
/// @param damagedAt when the deployment began to damage; empty: it did not
/// @param judged the verdicts, as the ledger has them
/// @param comparisons the copies against the rehearsal's own record, by resource
/// @param liveUntouched whether live holds exactly what the shop and the deployment wrote, by resource
/// @param written rows that the shop wrote while it was open, by resource
/// @param repaired live after its repair, by resource; none: nothing was repaired
/// @param letters what was published
/// @param malformed requests that AWS would not have taken
/// @param leftBehind what should be gone and is not
/// @param failedWith how the execution failed, or the shop; empty: neither did
/// @param skipped resources that cannot be rehearsed on this machine, each with the reason
/// @param took how long each part took, in the order of their end
record Outcome(
        Script script,
        Optional<Instant> damagedAt,
        Assessor.Judged judged,
        Map<String, Comparison> comparisons,
        Map<String, Boolean> liveUntouched,
        Map<String, Long> written,
        Map<String, Repaired> repaired,
        List<PublishRequest> letters,
        List<String> malformed,
        List<String> leftBehind,
        Optional<String> failedWith,
        List<String> skipped,
        Map<String, Duration> took) {

    /// Everything that stands against calling this rehearsal passed; none: it passed.
    List<String> objections() {
        List<String> objections = new ArrayList<>();
        Standing standing = judged.assessment().standing();
        if (standing != Standing.MET) {
            objections.add("the objectives are %s, not MET".formatted(standing));
        }
        failedWith.ifPresent(failure -> objections.add(failure));
        judged.copies().forEach(copy -> objections.addAll(unsound(copy)));
        judged.copies().forEach(copy -> objections.addAll(objections(copy)));
        written.keySet().stream().filter(this::leftOut).forEach(resource -> objections.add(resource + " was left out"));
        liveUntouched.forEach((resource, untouched) -> {
            if (!untouched) {
                objections.add("live %s is not what was written to it".formatted(resource));
            }
        });
        repaired.forEach((resource, live) -> {
            if (!live.right()) {
                objections.add("live %s is %s and has %,d rows that are not what they should be, for example %s"
                        .formatted(resource, live.state(), live.wrong(), live.samples()));
            }
        });
        malformed.forEach(request -> objections.add("malformed request: " + request));
        leftBehind.forEach(thing -> objections.add("left behind: " + thing));
        if (letters.isEmpty()) {
            objections.add("nobody was notified");
        }
        return objections;
    }

    private static List<String> unsound(CopyResult copy) {
        return switch (copy.result().soundness()) {
            case Soundness.Sound _ -> List.of();
            case Soundness.Damaged(var failures) ->
                failures.stream()
                        .map(failure ->
                                "%s failed a check: %s".formatted(copy.result().resource(), failure))
                        .toList();
            case Soundness.Unproven(var gaps) ->
                gaps.stream()
                        .map(gap ->
                                "%s is not proven: %s".formatted(copy.result().resource(), gap))
                        .toList();
        };
    }

    private boolean leftOut(String resource) {
        return judged.copies().stream()
                .noneMatch(copy -> copy.result().resource().value().equals(resource));
    }

    private List<String> objections(CopyResult copy) {
        String resource = copy.result().resource().value();
        Comparison comparison = comparisons.get(resource);
        if (comparison == null) {
            return List.of("the rows of %s could not be compared".formatted(resource));
        }
        if (!comparison.exact()) {
            return List.of("%s: %,d rows missing, %,d unexpected, %,d different, for example %s"
                    .formatted(
                            resource,
                            comparison.missing(),
                            comparison.unexpected(),
                            comparison.different(),
                            comparison.samples()));
        }
        return understated(copy.result().loss(), comparison)
                ? List.of("%s: %,d writes were lost, more than was reported (%s)"
                        .formatted(
                                resource,
                                comparison.lostWrites(),
                                copy.result().loss().basis()))
                : List.of();
    }

    Outcome took(Map<String, Duration> parts) {
        return with(repaired, letters, malformed, failedWith, parts);
    }

    /// The same recovery, after live was repaired from its copies.
    ///
    /// @param failure how the shop failed meanwhile; empty: it did not
    Outcome repaired(
            Map<String, Repaired> live,
            List<PublishRequest> allLetters,
            List<String> allMalformed,
            Optional<String> failure) {
        return with(live, allLetters, allMalformed, failedWith.or(() -> failure), took);
    }

    private Outcome with(
            Map<String, Repaired> live,
            List<PublishRequest> allLetters,
            List<String> allMalformed,
            Optional<String> failure,
            Map<String, Duration> parts) {
        return new Outcome(
                script,
                damagedAt,
                judged,
                comparisons,
                liveUntouched,
                written,
                live,
                allLetters,
                allMalformed,
                leftBehind,
                failure,
                skipped,
                parts);
    }

    private static boolean understated(DataLoss loss, Comparison comparison) {
        boolean tooFew = loss instanceof DataLoss.Exact exact && exact.writes() < comparison.lostWrites();
        return tooFew
                || loss.duration()
                        .filter(reported -> reported.compareTo(comparison.lost()) < 0)
                        .isPresent();
    }
}
