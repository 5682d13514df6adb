package lifeboat.local.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// What one run beside a server in another process took.
///
/// @param result what it found
/// @param wallSeconds elapsed time
/// @param cpuSeconds of this process only, all threads
/// @param peakMegabytes the most heap in use, garbage included
/// @param foreignPercent share of the machine's CPU that neither this process nor the server used
record Measured(long result, double wallSeconds, double cpuSeconds, long peakMegabytes, double foreignPercent) {
    static Measured of(ProcessHandle server, LongSupplier run) throws IOException {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
        double busy = Usage.busySeconds();
        double served = cpuSeconds(server);
        double cpu = cpuSeconds(ProcessHandle.current());
        long start = System.nanoTime();
        long result = run.getAsLong();
        double wall = (System.nanoTime() - start) / 1e9;
        double used = cpuSeconds(ProcessHandle.current()) - cpu;
        double foreign = Math.max(0, Usage.busySeconds() - busy - used - (cpuSeconds(server) - served));
        return new Measured(result, wall, used, peak(), 100 * foreign / (wall * Machine.PROCESSORS));
    }

    private static double cpuSeconds(ProcessHandle process) throws IOException {
        return Usage.cpuSeconds(Path.of("/proc", Long.toString(process.pid()), "stat"));
    }

    /// The most heap in use since the peaks were reset.
    static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }
}
