package lifeboat.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `docs/reference/performance.md`: prose by hand, tables between markers.
record PerformancePage(Path file) {
    private static final String FOLDER = "docs/reference";

    static PerformancePage ofProject() {
        return new PerformancePage(project().resolve("performance.md"));
    }

    /// Where every round of one benchmark is kept, from which the tables are made.
    static Path measurements(String bench) {
        return project().resolve("performance-" + bench + ".json");
    }

    private static Path project() {
        return Path.of(System.getProperty("lifeboat.home", ""), FOLDER);
    }

    void hold(String mark, String text) throws IOException {
        String page = Files.readString(file);
        String begin = "<!-- " + mark + " -->\n";
        String end = "<!-- end of " + mark + " -->";
        if (!page.contains(begin) || !page.contains(end)) {
            throw new IOException("%s has no markers \"%s\"".formatted(file, mark));
        }
        String head = page.substring(0, page.indexOf(begin) + begin.length());
        Files.writeString(file, head + text + page.substring(page.indexOf(end)));
    }
}
