package lifeboat.reconcile.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.Archive;
import lifeboat.reconcile.ArchiveJson;
import lifeboat.reconcile.PlanId;

/// What runs leave behind, in the archive: what was asked for, what each piece found, how it ended. No file is ever
/// replaced: of two calls for the same piece the first counts.
final class Runs {
    private static final ObjectMapper JSON = ArchiveJson.MAPPER;
    private final Archive archive;

    Runs(Archive archive) {
        this.archive = archive;
    }

    Archive archive() {
        return archive;
    }

    void ask(Run run) {
        keep(run.id(), "asked", RunJson.of(run));
    }

    /// The run of an id.
    ///
    /// @throws Invalid where there is none
    Run run(RunId id) {
        return find(id, "asked")
                .map(RunJson::run)
                .orElseThrow(() -> new Invalid(
                        "LB-450",
                        "run \"%s\" is not in this environment. hint: take the id from the answer that began it"
                                .formatted(id)));
    }

    /// Remembers which run made a plan, and so of which copy it is.
    void made(PlanId plan, RunId run) {
        write(
                "plans/%s/made-by.json".formatted(plan),
                JsonNodeFactory.instance.objectNode().put("run", run.value()));
    }

    /// The run that made a plan.
    Optional<Run> madeBy(PlanId plan) {
        return read("plans/%s/made-by.json".formatted(plan))
                .map(node -> run(new RunId(node.path("run").asText())));
    }

    /// Ends a run, once.
    ///
    /// @return how it ended: as said first
    Ended end(RunId id, Ended ended) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("state", ended.state().name())
                .put("headline", ended.headline())
                .put("text", ended.text());
        ended.plan().ifPresent(plan -> node.put("plan", plan.value()));
        keep(id, "ended", node);
        return ended(id).orElseThrow();
    }

    /// How a run ended; empty: it has not.
    Optional<Ended> ended(RunId id) {
        return find(id, "ended")
                .map(node -> new Ended(
                        Ended.State.valueOf(node.path("state").asText()),
                        node.path("headline").asText(),
                        node.path("text").asText(),
                        Optional.ofNullable(node.get("plan")).map(plan -> new PlanId(plan.asText()))));
    }

    void keep(RunId id, String name, JsonNode content) {
        write(file(id, name), content);
    }

    Optional<JsonNode> find(RunId id, String name) {
        return read(file(id, name));
    }

    /// A file that an earlier step has left.
    JsonNode left(RunId id, String name) {
        return find(id, name)
                .orElseThrow(() -> new IllegalStateException("%s of %s is not there yet".formatted(name, id)));
    }

    boolean has(RunId id, String name) {
        try {
            return archive.has(file(id, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many pieces of a kind are done.
    int count(RunId id, String kind) {
        try {
            List<String> files = archive.list("runs/%s/%s/".formatted(id, kind));
            return files.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(RunId id, String name) {
        return "runs/%s/%s.json".formatted(id, name);
    }

    private void write(String file, JsonNode content) {
        try (OutputStream out = archive.create(file)) {
            out.write(JSON.writeValueAsBytes(content));
        } catch (FileAlreadyExistsException said) {
            return; // an earlier attempt at the same step has written it
        } catch (IOException e) {
            throw new UncheckedIOException("file %s could not be written".formatted(file), e);
        }
    }

    private Optional<JsonNode> read(String file) {
        try (InputStream in = archive.open(file)) {
            return Optional.of(JSON.readTree(in));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("file %s is not JSON".formatted(file), broken);
        } catch (IOException e) {
            throw new UncheckedIOException("file %s could not be read".formatted(file), e);
        }
    }
}
