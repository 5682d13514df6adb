package lifeboat.local.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;
import lifeboat.infra.permission.Handler;
import lifeboat.integrity.RecordedContents;
import lifeboat.local.aws.SfnStandIn.Ended;
import lifeboat.local.orchestration.CouldNotRun;
import lifeboat.recording.RecordingId;

/// The recordings of a rehearsal: asked for at their front door, as a person does, while live is sound.
///
/// @param stage where
/// @param deployment what records
/// @param shops whose data it is
/// @param terminal who watches
record Recordings(Stage stage, Deployment deployment, List<Shop> shops, Terminal terminal) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// Has what the shops hold recorded, wherever a check asks for it.
    void record(Workload workload) {
        List<Resource> asked = shops.stream()
                .map(Shop::resource)
                .filter(RecordedContents::isAsked)
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        var request = JsonNodeFactory.instance
                .objectNode()
                .put("workload", workload.name().value());
        asked.forEach(
                resource -> request.withArray("resources").add(resource.name().value()));
        JsonNode started = deployment.functions().invoke(Handler.RECORD.className(), request);
        started.path("started").forEach(this::await);
    }

    private void await(JsonNode started) {
        RecordingId id = new RecordingId(started.path("recording").asText());
        Ended ended = stage.aws()
                .machines()
                .ended(deployment.execution(id))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        switch (ended) {
            case Ended.Succeeded _ ->
                terminal.say("  recorded what %s holds"
                        .formatted(started.path("resource").asText()));
            case Ended.Failed(var error, var cause) ->
                throw new CouldNotRun("recording %s broke off: %s: %s".formatted(id, error, cause));
        }
    }
}
