package lifeboat.local.engine;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A temporary folder that is gone, with every PostgreSQL server that lives in it, once this process has ended,
/// however it ended.
///
/// A shell, deaf to signals, waits for the end of its standard input, which comes even where the Java process is
/// killed. Then it stops the servers whose `postmaster.pid` lies in the folder and removes the folder.
public final class Scratch implements AutoCloseable {
    private static final String UNDERTAKER = """
            trap '' INT TERM HUP
            keep=no
            others=
            while read -r word path; do
                case $word in
                    keep) keep=keep ;;
                    remove) others="$others$path
            " ;;
                esac
            done
            for file in "$1"/*/data/postmaster.pid; do
                [ -f "$file" ] || continue
                read -r pid < "$file"
                kill -QUIT "$pid" 2>/dev/null
                tries=0
                while kill -0 "$pid" 2>/dev/null && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
                kill -KILL "$pid" 2>/dev/null
            done
            [ "$keep" = keep ] || rm -rf "$1" || { sleep 1; rm -rf "$1"; }
            printf '%s' "$others" | while read -r path; do [ -z "$path" ] || rm -rf "$path"; done
            """;

    // Set by the command line where it made a folder for the temporary files of this process alone.
    private static final String OWN = "lifeboat.tmp";

    private final Path folder;
    private final Process undertaker;
    private final Thread hook;

    private Scratch(Path folder, Process undertaker) {
        this.folder = folder;
        this.undertaker = undertaker;
        this.hook = new Thread(this::bury, "scratch");
    }

    /// Makes a new folder below the system's folder for temporary files.
    public static Scratch create() {
        try {
            Path folder = Files.createTempDirectory(
                    "lifeboat-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Process undertaker = new ProcessBuilder("sh", "-c", UNDERTAKER, "undertaker", folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Scratch scratch = new Scratch(folder, undertaker);
            Runtime.getRuntime().addShutdownHook(scratch.hook);
            Optional.ofNullable(System.getProperty(OWN)).map(Path::of).ifPresent(scratch::alsoRemove);
            return scratch;
        } catch (IOException failure) {
            throw new UncheckedIOException("no temporary folder could be made", failure);
        }
    }

    /// The folder itself.
    public Path folder() {
        return folder;
    }

    /// Leaves the files where they are when it ends; the servers are stopped all the same.
    public void keep() {
        say("keep");
    }

    /// Removes a folder outside as well, when it ends.
    ///
    /// @param ours made by this process
    public void alsoRemove(Path ours) {
        say("remove " + ours.toAbsolutePath());
    }

    private void say(String line) {
        try {
            BufferedWriter words = undertaker.outputWriter(StandardCharsets.UTF_8);
            words.write(line + "\n");
            words.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
        bury();
    }

    private void bury() {
        try {
            undertaker.getOutputStream().close();
            if (!undertaker.waitFor(30, TimeUnit.SECONDS)) {
                throw new EngineFailure("servers in %s did not stop within 30 s".formatted(folder));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
