package lifeboat.objective;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Objectives;
import lifeboat.catalog.ResourceName;

/// How the recovery of one resource went.
///
/// @param resource its name in the environment file
/// @param restoredTo the point in time that was restored; empty: no copy could be planned
/// @param loss how much data was lost, with its basis
/// @param timeline when each phase ended
/// @param soundness what the checks prove
/// @param rpo the verdict on the data loss
/// @param rto the verdict on the time to recover
public record ResourceResult(
        ResourceName resource,
        Optional<Instant> restoredTo,
        DataLoss loss,
        Timeline timeline,
        Soundness soundness,
        Verdict rpo,
        Verdict rto) {

    /// Judges a resource: a copy that is not proven sound has no time to recover.
    public static ResourceResult judged(
            ResourceName resource,
            Instant restoredTo,
            DataLoss loss,
            Timeline timeline,
            Soundness soundness,
            Objectives objectives) {
        return new ResourceResult(
                resource,
                Optional.of(restoredTo),
                loss,
                timeline,
                soundness,
                loss.against(objectives.rpo()),
                timeToRecover(timeline, soundness, objectives));
    }

    /// The result of a resource of which no copy could be planned: nothing was measured.
    ///
    /// @param timeline when its incident happened and its recovery started
    /// @param why no copy could be planned
    public static ResourceResult unplanned(
            ResourceName resource, Timeline timeline, String why, Objectives objectives) {
        DataLoss loss = new DataLoss.Unknown("nothing was restored");
        Soundness soundness = new Soundness.Unproven(List.of("no copy could be planned: " + why));
        return new ResourceResult(
                resource,
                Optional.empty(),
                loss,
                timeline,
                soundness,
                loss.against(objectives.rpo()),
                timeToRecover(timeline, soundness, objectives));
    }

    private static Verdict timeToRecover(Timeline timeline, Soundness soundness, Objectives objectives) {
        return switch (soundness) {
            case Soundness.Damaged _ -> new Verdict.Unmeasured("the copy failed its checks");
            case Soundness.Unproven(var gaps) ->
                new Verdict.Unmeasured("the copy is not proven: " + String.join("; ", gaps));
            case Soundness.Sound _ ->
                timeline.timeToRecover()
                        .map(took -> Verdict.on(took, objectives.rto()))
                        .orElseGet(() -> new Verdict.Unmeasured("the copy never became usable"));
        };
    }

    /// The worst of data loss, time and soundness.
    public Standing standing() {
        return Standing.worst(List.of(rpo.standing(), rto.standing(), soundness.standing()));
    }
}
