package lifeboat.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;

/// What one run took of the machine.
///
/// @param wallSeconds elapsed time
/// @param clientCpuSeconds of this process and the tools that it ran
/// @param serverCpuSeconds of both servers
/// @param walMegabytes write-ahead log of live
/// @param peakMegabytes the most memory of the client's processes together; 0: the client is this process
/// @param foreignPercent share of the machine's CPU that anything else used meanwhile
record Usage(
        double wallSeconds,
        double clientCpuSeconds,
        double serverCpuSeconds,
        double walMegabytes,
        double peakMegabytes,
        double foreignPercent) {
    private static final double TICKS_A_SECOND = 100;

    double cpuSeconds() {
        return clientCpuSeconds + serverCpuSeconds;
    }

    /// Something to be measured.
    interface Work {
        /// Does it, with programs of its own where it needs some.
        void run(Tools tools) throws Exception;
    }

    static Usage of(Cluster copy, Cluster live, Work work) throws Exception {
        Tools tools = new Tools();
        double client = cpuSeconds(Path.of("/proc/self/stat"));
        double servers = copy.cpuSeconds() + live.cpuSeconds();
        double wal = walBytes(live);
        double busy = busySeconds();
        long start = System.nanoTime();
        work.run(tools);
        double wall = (System.nanoTime() - start) / 1e9;
        double clientUsed = cpuSeconds(Path.of("/proc/self/stat")) - client;
        double serversUsed = copy.cpuSeconds() + live.cpuSeconds() - servers;
        double foreign = Math.max(0, busySeconds() - busy - clientUsed - serversUsed);
        return new Usage(
                wall,
                clientUsed,
                serversUsed,
                (walBytes(live) - wal) / 1e6,
                tools.peakMegabytes(),
                100 * foreign / (wall * Machine.PROCESSORS));
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
    static double busySeconds() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/stat")).getFirst();
        long[] ticks = Arrays.stream(line.strip().split("\\s+", -1))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        return (LongStream.of(ticks).limit(8).sum() - ticks[3] - ticks[4]) / TICKS_A_SECOND;
    }
}
