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
        ArchiveUndoLog log = log();
        assertThat(log.files()).hasSize(1);
        assertThat(log.batch(log.files().getFirst()).rows()).containsExactly(changed, inserted);
    }

    @Test
    void rowsThatWereRolledBackAreNotTakenBack() {
        keep(row("1", "a", 1)).rolledBack();
        assertThat(log().files()).isEmpty();
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
        ArchiveUndoLog log = log();
        assertThat(log.batch(log.files().getFirst()).rows().getFirst().before().orElseThrow())
                .hasSize(60_000_000)
                .isEqualTo(large);
    }

    @Test
    void aFileThatWasCutIsNotRead() throws IOException {
        keep(row("1", "a", 1), row("2", "b", 1)).committed();
        Path file = folder.resolve(log().files().getFirst());
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, 2));
        assertThatThrownBy(() -> log().batch(log().files().getFirst())).hasMessageContaining("cut off after 1 rows");
    }

    @Test
    void aFileThatWasEditedIsNotRead() throws IOException {
        keep(row("1", "a", 1)).committed();
        Path file = folder.resolve(log().files().getFirst());
        Files.writeString(file, Files.readString(file).replace("\"a\"", "\"b\""));
        assertThatThrownBy(() -> log().batch(log().files().getFirst())).hasMessageContaining("not what was written");
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
        assertThat(log().files()).isEmpty();
        assertThat(folder.resolve("undo")).doesNotExist();
    }

    private UndoEntry keep(UndoRow... rows) {
        UndoEntry entry = log().begin(Optional.of(new TransactionName("tx")));
        entry.keep(ORDERS, DifferenceClass.CHANGED, List.of(rows));
        return entry;
    }

    private List<RowKey> keys() {
        ArchiveUndoLog log = log();
        List<RowKey> keys = new ArrayList<>();
        log.files().forEach(file -> log.batch(file).rows().forEach(row -> keys.add(row.key())));
        return keys;
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
