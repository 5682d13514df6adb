package lifeboat.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What figures of this machine are worth on another one.
final class Machine {
    static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private Machine() {}

    /// Processors, memory, Java; whoever measures adds the server's release.
    static String described() throws IOException {
        return "%d x %s, %.0f GB, Java %s"
                .formatted(
                        PROCESSORS,
                        first("/proc/cpuinfo", "model name").replaceFirst("^[^:]*:\\s*", ""),
                        Double.parseDouble(first("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / (1 << 20),
                        Runtime.version());
    }

    private static String first(String file, String start) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file));
        return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElse("unknown 0");
    }
}
