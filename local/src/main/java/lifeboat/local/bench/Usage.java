package lifeboat.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// What something took of the machine.
///
/// @param wallSeconds elapsed time
/// @param clientCpuSeconds of this process and the tools that it ran
/// @param serverCpuSeconds of both servers
/// @param walMegabytes write-ahead log of live
/// @param foreignPercent share of the machine's CPU that anything else used meanwhile
record Usage(
        double wallSeconds,
        double clientCpuSeconds,
        double serverCpuSeconds,
        double walMegabytes,
        double foreignPercent) {
    private static final double TICKS_A_SECOND = 100;

    double cpuSeconds() {
        return clientCpuSeconds + serverCpuSeconds;
    }

    /// Something to be measured.
    interface Work {
        void run() throws Exception;
    }

    static Usage of(Cluster copy, Cluster live, Work work) throws Exception {
        double client = cpuSeconds(Path.of("/proc/self/stat"));
        double servers = copy.cpuSeconds() + live.cpuSeconds();
        double wal = walBytes(live);
        double busy = busySeconds();
        long start = System.nanoTime();
        work.run();
        double wall = (System.nanoTime() - start) / 1e9;
        double clientUsed = cpuSeconds(Path.of("/proc/self/stat")) - client;
        double serversUsed = copy.cpuSeconds() + live.cpuSeconds() - servers;
        double foreign = Math.max(0, busySeconds() - busy - clientUsed - serversUsed);
        double machine = wall * Runtime.getRuntime().availableProcessors();
        return new Usage(wall, clientUsed, serversUsed, (walBytes(live) - wal) / 1e6, 100 * foreign / machine);
    }

    private static double walBytes(Cluster live) throws Exception {
        return Double.parseDouble(live.sql("postgres", "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn"));
    }

    /// User and system time of a process and of its children that have ended.
    ///
    /// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat, fields 14 to 17</a>
    static double cpuSeconds(Path stat) throws IOException {
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return Arrays.stream(fields)
                        .skip(11)
                        .limit(4)
                        .mapToLong(Long::parseLong)
                        .sum()
                / TICKS_A_SECOND;
    }

    /// CPU seconds of the whole machine that were not idle.
    private static double busySeconds() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/stat")).getFirst();
        long[] ticks = Arrays.stream(line.strip().split("\\s+", -1))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        return (LongStream.of(ticks).limit(8).sum() - ticks[3] - ticks[4]) / TICKS_A_SECOND;
    }

    static void run(List<String> command) throws IOException {
        try {
            Path said = Files.createTempFile("lifeboat-bench", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(
                        "%s: %s".formatted(command, Files.readString(said).strip()));
            }
            Files.delete(said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + command.getFirst(), e);
        }
    }
}
