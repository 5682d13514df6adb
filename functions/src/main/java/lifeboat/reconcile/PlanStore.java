package lifeboat.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import lifeboat.catalog.Invalid;
import lifeboat.failure.Failure;

/// Plans in an archive: `plans/ID/plan.json`, and beside it the chunks of planned rows, which are streamed.
public final class PlanStore {
    private static final ObjectMapper JSON = ArchiveJson.MAPPER;
    private final Archive archive;

    public PlanStore(Archive archive) {
        this.archive = archive;
    }

    /// Gives a plan its id and keeps it.
    public RepairPlan seal(
            RepairPlan.Header header,
            List<TableOutcome> tables,
            List<Chunk> chunks,
            StructureFindings findings,
            List<String> notes) {
        PlanId id = digest(PlanJson.content(header, tables, chunks, findings, notes));
        RepairPlan plan = new RepairPlan(id, header, tables, chunks, findings, notes);
        String name = name(id);
        try {
            if (!archive.has(name)) {
                try (OutputStream out = archive.create(name)) {
                    out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(PlanJson.of(plan)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the plan could not be kept as " + name, e);
        }
        return plan;
    }

    /// Reads a plan and checks that it is what was approved.
    ///
    /// @throws Refused when there is no such plan, or it is not what its id says
    public RepairPlan plan(PlanId id) throws Refused {
        try (var in = archive.open(name(id))) {
            RepairPlan plan = PlanReader.plan(JSON.readTree(in));
            PlanId found = digest(PlanJson.content(plan));
            if (!found.equals(id) || !plan.id().equals(id)) {
                throw tampered(id, "its content has the digest " + found);
            }
            return plan;
        } catch (NoSuchFileException absent) {
            throw new Refused(new Refusal(
                    "LB-413", "there is no plan \"%s\"".formatted(id), "take the id from the comparison that made it"));
        } catch (IllegalArgumentException | DateTimeException | Invalid | JsonProcessingException unreadable) {
            throw tampered(
                    id,
                    "it cannot be read: "
                            + Failure.text(unreadable instanceof Invalid wrong ? wrong.withoutKeys() : unreadable));
        } catch (IOException e) {
            throw new UncheckedIOException("plan %s could not be read".formatted(id), e);
        }
    }

    /// Streams the rows of one chunk in batches, after checking that the whole chunk is what the plan says.
    ///
    /// @param batchRows at most so many rows in memory
    /// @throws Refused when the chunk is not what the plan says; then no batch was handed over
    public void rows(PlanId id, Chunk chunk, int batchRows, Consumer<List<PlannedRow>> batches) throws Refused {
        check(id, chunk);
        try {
            stream(chunk, batchRows, batches);
        } catch (IOException e) {
            throw new UncheckedIOException("file %s could not be read".formatted(chunk.name()), e);
        }
    }

    /// Checks that every chunk is what the plan says, before anything is written.
    public void check(RepairPlan plan) throws Refused {
        for (Chunk chunk : plan.chunks()) {
            check(plan.id(), chunk);
        }
    }

    private void check(PlanId id, Chunk chunk) throws Refused {
        try {
            if (!sha256(chunk.name()).equals(chunk.sha256())) {
                throw tampered(id, "file %s was changed".formatted(chunk.name()));
            }
        } catch (NoSuchFileException gone) {
            throw tampered(id, "file %s is gone".formatted(chunk.name()));
        } catch (IOException e) {
            throw new UncheckedIOException("file %s could not be read".formatted(chunk.name()), e);
        }
    }

    private void stream(Chunk chunk, int batchRows, Consumer<List<PlannedRow>> batches) throws IOException {
        try (var reader = new BufferedReader(
                new InputStreamReader(archive.open(chunk.name()), StandardCharsets.UTF_8), 1 << 16)) {
            List<PlannedRow> batch = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                batch.add(Chunks.plannedRow(line));
                if (batch.size() == batchRows) {
                    batches.accept(List.copyOf(batch));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                batches.accept(List.copyOf(batch));
            }
        }
    }

    private String sha256(String name) throws IOException {
        try (var in = new DigestInputStream(archive.open(name), Digests.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static PlanId digest(ObjectNode content) {
        byte[] bytes = content.toString().getBytes(StandardCharsets.UTF_8);
        return new PlanId(Digests.hex(bytes).substring(0, 32));
    }

    private static Refused tampered(PlanId id, String seen) {
        return new Refused(new Refusal(
                "LB-414",
                "plan \"%s\" is not what was approved: %s".formatted(id, seen),
                "compare again and approve the new plan; find out who changed the archive"));
    }

    private static String name(PlanId id) {
        return "plans/" + id + "/plan.json";
    }
}
