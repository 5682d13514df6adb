package lifeboat.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// One entry of an undo log as it lies in an archive: names of its files, read when asked for.
///
/// @param number its number, from 0
/// @param names of its files, in order
record LoggedEntry(Archive archive, PlanId plan, int number, List<String> names) {
    private static final String ROWS = ".rows";

    LoggedEntry {
        names = List.copyOf(names);
    }

    /// The files of rows.
    List<String> files() {
        return names.stream().filter(name -> name.endsWith(ROWS)).toList();
    }

    boolean is(String mark) {
        return names.stream().anyMatch(name -> name.endsWith("/" + mark));
    }

    /// Whether its end was noted.
    boolean ended() {
        return is(UndoMark.COMMITTED) || is(UndoMark.ROLLED_BACK) || is(UndoMark.ANSWERED);
    }

    /// Reads everything, and checks that it is whole and what was written.
    ///
    /// @return its transaction's name
    Optional<TransactionName> check() throws UndoFile.Damaged {
        Optional<TransactionName> transaction = Optional.empty();
        List<String> digests = new ArrayList<>();
        for (String file : files()) {
            UndoFile.Found found = read(file, row -> {});
            transaction = found.head().transaction();
            digests.add(found.digest());
        }
        for (String name : names) {
            if (!name.endsWith(ROWS)) {
                check(UndoMark.read(archive, name), digests);
            }
        }
        return transaction;
    }

    private static void check(JsonNode mark, List<String> digests) throws UndoFile.Damaged {
        List<String> said = new ArrayList<>();
        mark.path("parts").forEach(part -> said.add(part.asText()));
        if (!said.isEmpty() && !said.equals(digests)) {
            throw new UndoFile.Damaged("its files are not those that the transaction ended with");
        }
    }

    /// Reads the rows of one file.
    UndoFile.Found read(String file, Consumer<UndoRow> rows) throws UndoFile.Damaged {
        try (InputStream in = archive.open(file)) {
            UndoFile.Found found = UndoFile.read(in, rows);
            UndoFile.Head head = found.head();
            String name = "%s%08d/%05d%s".formatted(ArchiveUndoLog.prefix(plan), number, head.part(), ROWS);
            if (!head.plan().equals(plan) || head.entry() != number || !file.equals(name)) {
                throw new UndoFile.Damaged(
                        "file %s is of entry %d of plan %s".formatted(file, head.entry(), head.plan()));
            }
            return found;
        } catch (java.nio.file.NoSuchFileException gone) {
            throw new UndoFile.Damaged("file %s is gone".formatted(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the undo log could not be read", e);
        }
    }

    /// What triggers wrote besides.
    List<SideEffect> sideEffects() throws UndoFile.Damaged {
        for (String name : names) {
            if (name.endsWith("/" + UndoMark.SIDE_EFFECTS)) {
                return PieceJson.effects(UndoMark.read(archive, name).path("effects"));
            }
        }
        return List.of();
    }

    /// Rows of a table that were kept and not written.
    Set<RowKey> dropped(TableName table) throws UndoFile.Damaged {
        return said(table, "dropped");
    }

    /// Rows of a table whose answer was lost.
    Set<RowKey> unknown(TableName table) throws UndoFile.Damaged {
        return said(table, "unknown");
    }

    private Set<RowKey> said(TableName table, String field) throws UndoFile.Damaged {
        Set<RowKey> rows = new HashSet<>();
        for (String name : names) {
            if (!name.endsWith(ROWS) && !isUndone(name)) {
                JsonNode mark = UndoMark.read(archive, name);
                if (UndoMark.isOf(mark, table)) {
                    rows.addAll(UndoMark.keys(mark, field));
                }
            }
        }
        return rows;
    }

    /// Which rows of a file an earlier undo left; empty: none has touched it.
    Optional<Set<RowKey>> leftByUndo(String file) throws UndoFile.Damaged {
        String last = "";
        for (String name : names) {
            if (name.startsWith(undone(file))) {
                last = name;
            }
        }
        return last.isEmpty() ? Optional.empty() : Optional.of(UndoMark.keys(UndoMark.read(archive, last), "left"));
    }

    private static boolean isUndone(String name) {
        return name.contains("/" + UndoMark.UNDONE);
    }

    /// What marks start with that say which rows of a file are undone.
    static String undone(String file) {
        int slash = file.lastIndexOf('/') + 1;
        return file.substring(0, slash) + UndoMark.UNDONE + file.substring(slash, file.length() - ROWS.length()) + "-";
    }
}
