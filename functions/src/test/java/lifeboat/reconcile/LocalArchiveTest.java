package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lifeboat.catalog.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are whole or not there, and are never replaced.
class LocalArchiveTest {
    @TempDir
    Path folder;

    @Test
    void aFileIsThereOnceItIsClosedAndHoldsWhatWasWritten() throws IOException {
        Archive archive = new LocalArchive(folder);
        OutputStream out = archive.create("a/b.rows");
        out.write('x');
        out.write("0123456789".getBytes(StandardCharsets.UTF_8), 2, 3);
        assertThat(archive.has("a/b.rows")).isFalse();
        assertThat(archive.list("")).isEmpty();
        out.close();
        out.close();
        assertThat(archive.has("a/b.rows")).isTrue();
        assertThat(archive.open("a/b.rows").readAllBytes()).isEqualTo("x234".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFileThatIsThereStaysAsItIs() throws IOException {
        Archive archive = new LocalArchive(folder);
        write(archive, "a", "first");
        OutputStream second = archive.create("a");
        second.write('2');
        assertThatThrownBy(second::close).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(archive.text("a")).contains("first");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("no drafts are left").containsExactly(folder.resolve("a"));
        }
    }

    @Test
    void filesAreListedByPrefixInOrderWithoutDraftsAndGuards() throws IOException {
        Archive archive = new LocalArchive(folder.resolve("not/there/yet"));
        assertThat(archive.list("")).isEmpty();
        for (String name : new String[] {"undo/2", "undo/10", "undo/1/x", "undone/1", "plans/1"}) {
            write(archive, name, name);
        }
        archive.swap("undo/lock", Optional.empty(), Optional.of("ada"));
        try (OutputStream open = archive.create("undo/open")) {
            assertThat(archive.list("undo/")).containsExactly("undo/1/x", "undo/10", "undo/2", "undo/lock");
            open.flush();
        }
        assertThat(archive.list("undo/1")).containsExactly("undo/1/x", "undo/10");
    }

    @Test
    void aFileThatIsNotThereIsSaidToBe() throws IOException {
        Archive archive = new LocalArchive(folder);
        assertThat(archive.has("x")).isFalse();
        assertThat(archive.text("x")).isEmpty();
        assertThatThrownBy(() -> archive.open("x")).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "../a", "a/../b", "a//b", ".a", "a/.b", "a b", "ä", "a\n", "a\\b"})
    void namesThatCouldLeaveTheFolderAreRefused(String name) {
        Archive archive = new LocalArchive(folder);
        assertThatThrownBy(() -> archive.create(name))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-405");
    }

    @Test
    void ofManySwapsAtOnceOneWins() throws IOException {
        long winners = IntStream.range(0, 20)
                .parallel()
                .filter(i -> swap(new LocalArchive(folder), "lock", Optional.empty(), Optional.of("" + i)))
                .count();
        assertThat(winners).isEqualTo(1);
        Archive archive = new LocalArchive(folder);
        Optional<String> held = archive.text("lock");
        assertThat(swap(archive, "lock", Optional.of("nobody"), Optional.of("me")))
                .isFalse();
        assertThat(archive.text("lock")).isEqualTo(held);
        assertThat(swap(archive, "lock", held, Optional.of("me"))).isTrue();
        assertThat(archive.text("lock")).contains("me");
        assertThat(swap(archive, "lock", Optional.empty(), Optional.empty())).isFalse();
        assertThat(swap(archive, "lock", Optional.of("me"), Optional.empty())).isTrue();
        assertThat(archive.has("lock")).isFalse();
        assertThat(swap(archive, "lock", Optional.empty(), Optional.empty())).isFalse();
    }

    private static boolean swap(Archive archive, String name, Optional<String> seen, Optional<String> next) {
        try {
            return archive.swap(name, seen, next);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Archive archive, String name, String text) throws IOException {
        try (OutputStream out = archive.create(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
