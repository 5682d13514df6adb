package lifeboat.local.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;

/// What one run took.
///
/// @param result what it found
/// @param wallSeconds elapsed time
/// @param cpuSeconds of this process only, all threads
/// @param peakMegabytes the most heap in use, garbage included
record Measured(long result, double wallSeconds, double cpuSeconds, long peakMegabytes) {
    static Measured of(LongSupplier run) {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
        var cpu = cpuNanos();
        var start = System.nanoTime();
        var result = run.getAsLong();
        var wall = System.nanoTime() - start;
        return new Measured(result, wall / 1e9, (cpuNanos() - cpu) / 1e9, peak());
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }

    /// The run in the middle by wall time.
    static Measured median(List<Measured> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Measured::wallSeconds))
                .toList()
                .get(runs.size() / 2);
    }

    double wallOver(Measured other) {
        return wallSeconds / other.wallSeconds;
    }

    double cpuOver(Measured other) {
        return cpuSeconds / other.cpuSeconds;
    }

    String line(String what, long items) {
        return "%-22s %7.2f s wall, %7.2f s client CPU, %,9.0f items/s, heap peak %d MB"
                .formatted(what, wallSeconds, cpuSeconds, items / wallSeconds, peakMegabytes);
    }
}
