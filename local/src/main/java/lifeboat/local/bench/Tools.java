package lifeboat.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs programs, and notes the most memory that one of them and its children held.
final class Tools {
    private static final int LOOK_EVERY_MILLIS = 25;

    private long peakKilobytes;

    /// Runs a program to its end.
    ///
    /// @return what it said
    /// @throws IOException when it ends with a code that is not among the allowed ones
    String run(List<String> command, int... allowed) throws IOException {
        Path said = Files.createTempFile("lifeboat-bench", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                look(process.toHandle());
            }
            String output = Files.readString(said).strip();
            int code = process.exitValue();
            if (code != 0
                    && Stream.of(allowed).flatMapToInt(java.util.Arrays::stream).noneMatch(ok -> ok == code)) {
                throw new IOException("%s ended with %d: %s".formatted(command, code, output));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + command.getFirst(), e);
        } finally {
            Files.delete(said);
        }
    }

    private void look(ProcessHandle program) {
        long now = Stream.concat(Stream.of(program), program.descendants())
                .mapToLong(process -> highWaterKilobytes(process.pid()))
                .sum();
        peakKilobytes = Math.max(peakKilobytes, now);
    }

    /// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status, VmHWM</a>
    private static long highWaterKilobytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException | UncheckedIOException ending) {
            // A process that ends while it is read has no status any more.
            return 0;
        }
    }

    /// The most that one run so far held at once, shared pages counted in each process.
    double peakMegabytes() {
        return peakKilobytes / 1024.0;
    }
}
