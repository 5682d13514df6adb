package lifeboat.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// The undo log of one plan in an archive: a folder an entry, in the order in which entries got their first row.
///
/// Digests and numbers show that files were cut, edited, exchanged or lost. They are no protection from somebody who
/// may write the archive and knows how it is made: that is what the permissions of the archive are for.
public final class ArchiveUndoLog implements UndoLog {
    private final Archive archive;
    private final PlanId plan;
    private final String run = UUID.randomUUID().toString();
    private int next;

    public ArchiveUndoLog(Archive archive, PlanId plan) {
        this.archive = archive;
        this.plan = plan;
        this.next = entries().stream().mapToInt(LoggedEntry::number).max().orElse(-1) + 1;
    }

    static String prefix(PlanId plan) {
        return "undo/" + plan + "/";
    }

    @Override
    public UndoEntry begin(Optional<TransactionName> transaction) {
        return new ArchivedEntry(archive, plan, () -> next++, run, transaction);
    }

    /// Says that a repair has ended: from now on entries cannot be lost unseen.
    public void seal() {
        List<String> files = files(entries());
        if (!files.isEmpty()) {
            ObjectNode mark = UndoMark.blank().put("files", files.size()).put("digest", digest(files));
            UndoMark.write(archive, "%ssealed/%08d".formatted(prefix(plan), files.size()), mark);
        }
    }

    /// Why the log does not hold all that repairs had written to it when they ended; empty: nothing is missing.
    Optional<String> missing(List<LoggedEntry> entries) throws UndoFile.Damaged {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).number() != i || entries.get(i).files().isEmpty()) {
                return Optional.of("entry %d is gone".formatted(i));
            }
        }
        List<String> files = files(entries);
        for (String seal : names(prefix(plan) + "sealed/")) {
            var mark = UndoMark.read(archive, seal);
            int sealed = mark.path("files").asInt();
            if (files.size() < sealed
                    || !digest(files.subList(0, sealed))
                            .equals(mark.path("digest").asText())) {
                return Optional.of("it held %,d files of rows when the repair ended, and holds %,d"
                        .formatted(sealed, files.size()));
            }
        }
        return Optional.empty();
    }

    private static List<String> files(List<LoggedEntry> entries) {
        return entries.stream().flatMap(entry -> entry.files().stream()).toList();
    }

    private static String digest(List<String> files) {
        return Digests.hex(String.join("\n", files).getBytes(StandardCharsets.UTF_8));
    }

    /// Every entry, in order.
    List<LoggedEntry> entries() {
        Map<Integer, List<String>> names = new TreeMap<>();
        for (String name : names(prefix(plan))) {
            String folder = name.substring(prefix(plan).length()).replaceFirst("/.*", "");
            if (folder.matches("[0-9]{8}")) {
                names.computeIfAbsent(Integer.parseInt(folder), number -> new ArrayList<>())
                        .add(name);
            }
        }
        List<LoggedEntry> entries = new ArrayList<>();
        names.forEach((number, some) -> entries.add(new LoggedEntry(archive, plan, number, some)));
        return entries;
    }

    /// Notes how an entry's transaction ended, as the store said later.
    void noteEnd(LoggedEntry entry, Fate fate) {
        String folder = folder(entry.files().getFirst());
        switch (fate) {
            case COMMITTED -> UndoMark.write(archive, folder + UndoMark.COMMITTED, UndoMark.blank());
            case ROLLED_BACK -> UndoMark.write(archive, folder + UndoMark.ROLLED_BACK, UndoMark.blank());
            case UNKNOWN -> throw new IllegalArgumentException("an unknown end is not noted");
        }
    }

    /// Reads the rows of one file that are to be undone.
    ///
    /// @throws UndoFile.Damaged where they are not what the repair wrote
    Batch batch(UndoTarget target) throws UndoFile.Damaged {
        String folder = folder(target.file());
        int number = number(target);
        LoggedEntry entry = new LoggedEntry(archive, plan, number, names(folder));
        List<UndoRow> rows = new ArrayList<>();
        UndoFile.Head head = entry.read(target.file(), rows::add).head();
        Set<RowKey> dropped = entry.dropped(head.table());
        Optional<Set<RowKey>> left = entry.leftByUndo(target.file());
        rows.removeIf(row -> dropped.contains(row.key())
                || left.filter(some -> !some.contains(row.key())).isPresent());
        Set<RowKey> open = new HashSet<>();
        rows.forEach(row -> open.add(row.key()));
        if (!target.unknownToo()) {
            Set<RowKey> unknown = entry.unknown(head.table());
            rows.removeIf(row -> unknown.contains(row.key()));
        }
        return new Batch(number, head.table(), rows, open);
    }

    /// The rows of one file.
    ///
    /// @param entry its entry's number
    /// @param rows that are to be undone
    /// @param open keys of these and of those whose end is unknown
    record Batch(int entry, TableName table, List<UndoRow> rows, Set<RowKey> open) {}

    /// Notes which rows of a file are undone, so that another undo does not touch what somebody writes there later.
    void noteUndone(UndoTarget target, Batch batch, Set<RowKey> undone) {
        Set<RowKey> left = new HashSet<>(batch.open());
        left.removeAll(undone);
        String before = LoggedEntry.undone(target.file());
        ObjectNode mark = UndoMark.blank();
        UndoMark.put(mark, "left", left);
        UndoMark.write(archive, "%s%05d".formatted(before, names(before).size()), mark);
    }

    /// What no undo of these entries brings back, a sentence a table.
    public List<String> notBroughtBack(UndoSelection selection) {
        Set<Integer> numbers = new HashSet<>();
        selection.targets().forEach(target -> numbers.add(number(target)));
        List<SideEffect> effects = List.of();
        for (LoggedEntry entry : entries()) {
            if (numbers.contains(entry.number())) {
                try {
                    effects = SideEffect.merged(effects, entry.sideEffects());
                } catch (UndoFile.Damaged e) {
                    throw new IllegalStateException("entry %d was whole a moment ago".formatted(entry.number()), e);
                }
            }
        }
        return effects.stream()
                .map(effect -> "NOT brought back, as triggers of live wrote it during the repair: " + effect.text())
                .toList();
    }

    /// The number of the entry that a file is of.
    int number(UndoTarget target) {
        String folder = folder(target.file());
        return Integer.parseInt(folder.substring(prefix(plan).length(), folder.length() - 1));
    }

    private static String folder(String file) {
        return file.substring(0, file.lastIndexOf('/') + 1);
    }

    private List<String> names(String prefix) {
        try {
            return archive.list(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be read", e);
        }
    }
}
