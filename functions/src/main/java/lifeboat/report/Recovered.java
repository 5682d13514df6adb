package lifeboat.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Objectives;
import lifeboat.objective.Figures;
import lifeboat.objective.PastRecovery;
import lifeboat.objective.Standing;
import lifeboat.recovery.Mode;
import lifeboat.recovery.RecoveryId;
import lifeboat.recovery.Summary;

/// One recovery as a report tells it.
///
/// @param id its id
/// @param mode drill or incident
/// @param startedAt when it started
/// @param timeToRecover from the incident until usable; empty: not measured
/// @param standing by the objectives of today
/// @param running whether it may still end well
/// @param came what it came to, each figure with its basis
record Recovered(
        RecoveryId id,
        Mode mode,
        Instant startedAt,
        Optional<Duration> timeToRecover,
        Standing standing,
        boolean running,
        String came) {

    /// Mode and id: `drill 20261120-k3v9x2`.
    String name() {
        return name(mode, id);
    }

    static String name(Mode mode, RecoveryId id) {
        return (mode == Mode.DRILL ? "drill " : "incident ") + id;
    }

    /// Tells the recoveries of one history.
    record Judge(History history) {
        Recovered of(Summary summary) {
            PastRecovery past = history.past(summary);
            Objectives objectives = history.workload().objectives();
            return new Recovered(
                    summary.id(),
                    summary.mode(),
                    summary.startedAt(),
                    past.timeToRecover(),
                    past.standing(objectives),
                    !history.ended(summary),
                    came(summary, past));
        }

        private String came(Summary summary, PastRecovery past) {
            if (summary.result().isPresent()) {
                return figures(past, history.workload().objectives());
            }
            return history.ended(summary) ? "it never ended" : "still running";
        }

        private static String figures(PastRecovery past, Objectives objectives) {
            List<String> parts = new ArrayList<>();
            parts.add("lost %s%s"
                    .formatted(
                            past.dataLoss()
                                    .map(loss -> "%s (%s)"
                                            .formatted(
                                                    Figures.text(loss),
                                                    past.basis().words()))
                                    .orElse("unknown"),
                            against(past.rpo(objectives), "RPO", objectives.rpo())));
            parts.add("back in %s%s"
                    .formatted(
                            past.timeToRecover().map(Figures::text).orElse("unknown time"),
                            against(past.rto(objectives), "RTO", objectives.rto())));
            if (past.integrity() != Standing.MET) {
                parts.add(past.integrity() == Standing.MISSED ? "integrity FAILED" : "integrity not proven");
            }
            return String.join(", ", parts);
        }

        private static String against(Standing standing, String name, Duration objective) {
            return standing == Standing.MISSED ? ", %s %s MISSED".formatted(name, Figures.text(objective)) : "";
        }
    }
}
