package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveUndoLogTest {
    private static final PlanId PLAN = new PlanId("0123456789abcdef0123456789abcdef");
    private static final TableName ORDERS = TableName.of("orders");

    @TempDir
    Path folder;

    @Test
    void rowsThatWereKeptAreReadBackAsTheyWere() {
        UndoRow changed = row("1", "a \"quoted\"\nline \u0000 \uD83D\uDE00", 1);
        UndoRow inserted =
                new UndoRow(RowKey.of("2", ""), Optional.empty(), Optional.empty(), 0, Optional.of("after"), 3);
        keep(changed, inserted).committed();
        assertThat(rows()).containsExactly(changed, inserted);
    }

    @Test
    void rowsThatWereNotWrittenAreNotTakenBack() {
        UndoEntry entry = keep(row("1", "a", 1), row("2", "b", 1), row("3", "c", 1));
        entry.narrowed(ORDERS, Set.of(RowKey.of("1"), RowKey.of("3")));
        entry.narrowed(ORDERS, Set.of(RowKey.of("3")));
        entry.committed();
        assertThat(keys()).containsExactly(RowKey.of("3"));
    }

    @Test
    void ofRowsThatAnswerOneByOneThoseThatWereRefusedAreNotTakenBack() {
        keep(row("1", "a", 1), row("2", "b", 1)).answered(ORDERS, Set.of(RowKey.of("2")), Set.of());
        assertThat(keys()).containsExactly(RowKey.of("2"));
    }

    @Test
    void aValueOfAnySizeIsKept() {
        String large = "x".repeat(60_000_000);
        keep(row("1", large, 1)).committed();
        assertThat(rows().getFirst().before().orElseThrow().equals(large)).isTrue();
    }

    @Test
    void aFileThatWasCutIsNotRead() throws IOException {
        keep(row("1", "a", 1), row("2", "b", 1)).committed();
        Files.write(file(), Files.readAllLines(file()).subList(0, 2));
        assertThatThrownBy(this::rows).hasMessageContaining("cut off after 1 rows");
        Files.writeString(file(), "");
        assertThatThrownBy(this::rows).hasMessageContaining("cut off");
    }

    @Test
    void aFileThatWasEditedIsNotRead() throws IOException {
        keep(row("1", "a", 1)).committed();
        Files.writeString(file(), Files.readString(file()).replace("\"a\"", "\"b\""));
        assertThatThrownBy(this::rows).hasMessageContaining("not what was written");
        Files.writeString(file(), "[[\"1\"]]");
        assertThatThrownBy(this::rows).hasMessageContaining("not in the form");
    }

    @Test
    void whatDoesNotReadBackIsNotBegun() {
        Archive broken = (Archive) Proxy.newProxyInstance(
                Archive.class.getClassLoader(),
                new Class<?>[] {Archive.class},
                (proxy, method, given) -> method.getName().equals("open")
                        ? InputStream.nullInputStream()
                        : method.invoke(new LocalArchive(folder), given));
        UndoEntry entry = new ArchiveUndoLog(broken, PLAN).begin(Optional.empty());
        assertThatThrownBy(() -> entry.keep(ORDERS, DifferenceClass.CHANGED, List.of(row("1", "a", 1))))
                .hasMessageContaining("the batch was not begun");
    }

    @Test
    void anEntryWithoutRowsLeavesNothing() {
        log().begin(Optional.empty()).committed();
        assertThat(log().entries()).isEmpty();
        assertThat(folder.resolve("undo")).doesNotExist();
    }

    private UndoEntry keep(UndoRow... rows) {
        UndoEntry entry = log().begin(Optional.of(new TransactionName("tx")));
        entry.keep(ORDERS, DifferenceClass.CHANGED, List.of(rows));
        return entry;
    }

    private List<RowKey> keys() {
        return rows().stream().map(UndoRow::key).toList();
    }

    private List<UndoRow> rows() {
        List<UndoRow> rows = new ArrayList<>();
        for (LoggedEntry entry : log().entries()) {
            for (String file : entry.files()) {
                try {
                    rows.addAll(log().batch(new UndoTarget(file, false)).rows());
                } catch (UndoFile.Damaged e) {
                    throw new AssertionError(e);
                }
            }
        }
        return rows;
    }

    private Path file() {
        return folder.resolve(log().entries().getFirst().files().getFirst());
    }

    private ArchiveUndoLog log() {
        return new ArchiveUndoLog(new LocalArchive(folder), PLAN);
    }

    private static UndoRow row(String key, String before, long count) {
        return new UndoRow(
                RowKey.of(key),
                Optional.of(before),
                Optional.of("digest of what was"),
                count,
                Optional.of("digest of what is"),
                count);
    }
}
