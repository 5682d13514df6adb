package lifeboat.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import lifeboat.objective.Figures;
import lifeboat.objective.Phase;
import lifeboat.objective.Soundness;
import lifeboat.restore.RestorePoint;
import lifeboat.restore.Target;

/// What the front door answers, as JSON that a person can read.
final class FrontDoorAnswer {
    private FrontDoorAnswer() {}

    static JsonNode about(FrontDoor.About about) {
        Recovery recovery = about.recovery();
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("message", message(about))
                .put("recovery", recovery.id().value())
                .put("mode", recovery.request().mode().name())
                .put("incidentAt", Figures.text(recovery.incidentAt()))
                .put(
                        "usuallyTakes",
                        about.usualTime()
                                .map(Figures::text)
                                .orElse("unknown: this workload was never recovered before"));
        about.waves().forEach(wave -> answer.withArray("waves").add(wave.text()));
        ArrayNode copies = answer.putArray("copies");
        recovery.copies().forEach(entry -> copy(copies.addObject(), entry.copy(), recovery));
        notPlanned(answer, recovery);
        if (recovery.request().mode() == Mode.DRILL) {
            answer.put("copiesAre", "DELETED at the end of this drill. To keep them, add \"mode\": \"INCIDENT\"");
        } else {
            answer.put("copiesAre", "kept until somebody removes them");
        }
        return about.started()
                ? answer.put("next", "{\"recovery\": \"%s\"} says where it stands".formatted(recovery.id()))
                : answer.put("next", "leave out dryRun to start it");
    }

    private static void notPlanned(ObjectNode answer, Recovery recovery) {
        recovery.unplanned()
                .forEach(one -> answer.withArray("cannotBeRestored")
                        .addObject()
                        .put("resource", one.resource().value())
                        .put("because", one.why()));
    }

    private static String message(FrontDoor.About about) {
        RecoveryRequest request = about.recovery().request();
        int copies = about.recovery().copies().size();
        return "%s %s of workload %s: %d %s, nothing live is touched"
                .formatted(
                        about.started() ? "started:" : "dry run, would start:",
                        request.mode() == Mode.DRILL ? "a drill" : "the recovery from an incident",
                        request.workload(),
                        copies,
                        copies == 1 ? "copy" : "copies");
    }

    private static void copy(ObjectNode node, Copy copy, Recovery recovery) {
        node.put("resource", copy.source().name().value())
                .put("from", copy.source().physicalName())
                .put("copy", copy.name().value())
                .put("restoredTo", Figures.text(copy.point().time()))
                .put("by", by(copy.point()))
                .put("expectedLossUpTo", Figures.text(loss(copy.point().time(), recovery.incidentAt())));
        if (copy.liveIsGone()) {
            node.put("because", because(recovery.request().target()));
        }
    }

    /// Why this point and no other, of what is not there to be asked.
    private static String because(Target target) {
        return switch (target) {
            case Target.Latest() ->
                "live is gone or out of reach: of all that is kept of it, this is the newest and loses least";
            case Target.PointInTime(var at) ->
                "live is gone or out of reach: of all that is kept of it, this is the newest up to %s; what is later is not used unless named as recoveryPoint"
                        .formatted(Figures.text(at));
            case Target.LatestRecoveryPoint() ->
                "live is gone or out of reach: this is its newest recovery point, as requested";
            case Target.FromRecoveryPoint _ -> "live is gone or out of reach: this was requested";
        };
    }

    private static String by(RestorePoint point) {
        return switch (point) {
            case RestorePoint.Continuous _ -> "point-in-time recovery";
            case RestorePoint.Snapshot snapshot -> "recovery point " + snapshot.arn();
            case RestorePoint.ServiceBackup backup -> "backup outside the vault " + backup.arn();
        };
    }

    private static Duration loss(Instant restoredTo, Instant incidentAt) {
        return restoredTo.isBefore(incidentAt) ? Duration.between(restoredTo, incidentAt) : Duration.ZERO;
    }

    static JsonNode standing(Assessor.Judged judged) {
        Recovery recovery = judged.recovery();
        boolean closed = recovery.closedAt().isPresent();
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "message",
                        "recovery %s of %s is %s"
                                .formatted(
                                        recovery.id(), recovery.request().workload(), closed ? "closed" : "under way"))
                .put("recovery", recovery.id().value())
                .put("state", closed ? "CLOSED" : "OPEN")
                .put("startedAt", Figures.text(recovery.startedAt()));
        if (closed) {
            answer.put("standing", judged.assessment().standing().name());
        }
        ArrayNode copies = answer.putArray("copies");
        judged.copies().forEach(copy -> standing(copies.addObject(), copy));
        notPlanned(answer, recovery);
        return answer;
    }

    private static void standing(ObjectNode node, CopyResult copy) {
        CopyEntry entry = copy.entry();
        node.put("resource", entry.copy().source().name().value())
                .put("store", entry.copy().source().store())
                .put("copy", entry.copy().name().value())
                .put("step", step(entry))
                .put("integrity", integrity(copy.result().soundness()))
                .put("restoredTo", Figures.text(entry.copy().point().time()))
                .put("copyIs", entry.remains().name());
        ObjectNode phases = node.putObject("phases");
        for (Phase phase : copy.result().timeline().phases()) {
            phases.put(phase.name(), Figures.text(phase.took()));
        }
        if (entry.ticket().isEmpty()) {
            entry.waitingFor().ifPresent(why -> node.put("waitingFor", why));
        }
        entry.failure().ifPresent(failure -> node.put("failure", failure.step() + ": " + failure.why()));
    }

    private static String integrity(Soundness soundness) {
        return switch (soundness) {
            case Soundness.Sound(var checks) -> "SOUND by %d checks".formatted(checks);
            case Soundness.Damaged(var failures) -> "DAMAGED: " + String.join("; ", failures);
            case Soundness.Unproven(var gaps) -> "NOT PROVEN: " + String.join("; ", gaps);
        };
    }

    private static String step(CopyEntry entry) {
        if (entry.verifiedAt().isPresent()) {
            return "verified";
        }
        if (entry.configuredAt().isPresent()) {
            return "being checked";
        }
        if (entry.restoreCompletedAt().isPresent()) {
            return "being configured";
        }
        return entry.restoreStartedAt().isPresent() ? "being restored" : "planned";
    }
}
