package lifeboat.recording;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.ContentPiece;
import lifeboat.integrity.ContentReader;
import lifeboat.integrity.ContentRecords;
import lifeboat.integrity.FileSizes;
import lifeboat.integrity.RecordedContents;
import lifeboat.integrity.RecordedTables;
import lifeboat.integrity.TableContent;

/// Carries out a recording, step by step: plans the pieces, reads one, writes down what whole tables held.
///
/// Live is only read. Each step can be carried out again: the first reading of a piece, and the first record, count.
public final class Recorder {
    /// As many as fit the state and the history of one execution.
    static final int MOST_PIECES = 1_000;

    private final Environment environment;
    private final ContentReader reader;
    private final Readings readings;
    private final ContentRecords records;
    private final FileSizes sizes;

    public Recorder(
            Environment environment, ContentReader reader, Readings readings, ContentRecords records, FileSizes sizes) {
        this.environment = environment;
        this.reader = reader;
        this.readings = readings;
        this.records = records;
        this.sizes = sizes;
    }

    /// The pieces in which live is read. How long its files are is measured and written down first, so that every row
    /// that is recorded was read later.
    ///
    /// @throws Invalid where there are more than one execution may have
    public List<ContentPiece> plan(Recording recording) {
        var live = live(recording.workload(), recording.resource());
        var pieces = reader.pieces(live, live.physicalName());
        if (pieces.size() > MOST_PIECES) {
            throw new Invalid(
                    "LB-462",
                    "resource \"%s\" is read in %,d pieces, and no more than %,d can be recorded. hint: leave out its check fingerprint"
                            .formatted(live.name(), pieces.size(), MOST_PIECES));
        }
        sizes.live(live).ifPresent(files -> records.record(recording.workload(), recording.resource(), files));
        return pieces;
    }

    /// Reads one piece of live and keeps what it held.
    public void read(Recording recording, ContentPiece piece) {
        var live = live(recording.workload(), recording.resource());
        readings.keep(
                recording.id(),
                piece,
                reader.read(live, live.physicalName(), piece, RecordedContents.explainedBy(live), Optional.empty()));
    }

    /// Writes down every table that was read whole.
    ///
    /// @param planned all pieces
    /// @return how many tables
    /// @throws Invalid where a table was not read whole, once the others are written down
    public int record(Recording recording, List<ContentPiece> planned) {
        Map<ContentPiece, TableContent> read = new HashMap<>(readings.of(recording.id()));
        read.keySet().retainAll(planned);
        Map<String, TableContent> tables = new TreeMap<>();
        read.values().forEach(content -> tables.merge(content.table(), content, TableContent::plus));
        var missing = new TreeSet<String>();
        planned.stream()
                .filter(piece -> !read.containsKey(piece))
                .forEach(piece -> missing.add(piece.what().label()));
        tables.values().stream()
                .filter(table -> isWhole(table, read))
                .forEach(table -> records.record(recording.workload(), recording.resource(), table));
        recordTables(recording, planned, tables.values());
        if (!missing.isEmpty()) {
            throw new Invalid("LB-463", told(recording, planned, missing));
        }
        return tables.size();
    }

    /// Also those that could not be read: a copy without them lacks them all the same.
    private void recordTables(Recording recording, List<ContentPiece> planned, Collection<TableContent> read) {
        var live = live(recording.workload(), recording.resource());
        var names = planned.stream().map(piece -> reader.table(live, piece)).toList();
        read.stream()
                .map(TableContent::until)
                .max(Comparator.naturalOrder())
                .ifPresent(until ->
                        records.record(recording.workload(), recording.resource(), new RecordedTables(names, until)));
    }

    private static boolean isWhole(TableContent table, Map<ContentPiece, TableContent> read) {
        var pieces = read.entrySet().stream()
                .filter(entry -> entry.getValue().table().equals(table.table()))
                .map(Map.Entry::getKey)
                .toList();
        return pieces.size() == pieces.getFirst().of();
    }

    private static String told(Recording recording, List<ContentPiece> planned, Set<String> missing) {
        return "%d of %d pieces of %s/%s could not be read, so the tables that they belong to were not recorded: %s%s. hint: the steps of the execution say why; the next recording is tomorrow"
                .formatted(
                        missing.size(),
                        planned.size(),
                        recording.workload(),
                        recording.resource(),
                        String.join(", ", missing.stream().limit(3).toList()),
                        missing.size() > 3 ? " and more" : "");
    }

    /// As the environment file has it now: an event that names anything else is somebody else's.
    private Resource live(WorkloadName workload, ResourceName name) {
        return environment.workloads().stream()
                .filter(known -> known.name().equals(workload))
                .flatMap(known -> RecordingCalendar.asked(known).stream())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Invalid(
                        "LB-461",
                        "resource \"%s\" of workload \"%s\" has no check fingerprint".formatted(name, workload)));
    }
}
