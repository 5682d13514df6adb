package lifeboat.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lifeboat.protection.ProtectionReport;

/// `docs/reference/guarantees/NAME.md`: what the plan of an environment guarantees, as synthesizing it printed it.
final class GuaranteePage {
    private static final Path PAGES = Path.of("docs/reference/guarantees");

    private GuaranteePage() {}

    static Path of(Path root, String environment) {
        return root.resolve(PAGES).resolve(environment + ".md");
    }

    static String text(String environment, ProtectionReport report) {
        return """
                # What the plan of `%s` guarantees

                Written by `npx cdk synth -c env=%s`; `./lifeboat check infra/environments/%s.yaml` prints the same. For each resource and failure
                domain: the data that is lost at worst though every job keeps its windows, in brackets the longest time between two backups,
                and the objective where there is one.

                ```text
                %s```
                """.formatted(environment, environment, environment, report.table());
    }

    /// Writes the page, unless it says so already.
    static void write(Path root, String environment, ProtectionReport report) {
        var page = of(root, environment);
        var text = text(environment, report);
        try {
            if (!Files.exists(page) || !Files.readString(page).equals(text)) {
                Files.createDirectories(root.resolve(PAGES));
                Files.writeString(page, text);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the guarantees cannot be written to " + page, failure);
        }
    }
}
