package lifeboat.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.IVersionProvider;

/// What `./lifeboat --version` prints: the version of this project, the commit it stands at, and the Java it runs on.
///
/// All are read from the project itself: `./lifeboat` builds and runs what stands there.
public final class Version implements IVersionProvider {
    private static final Pattern PROJECT = Pattern.compile("<artifactId>lifeboat</artifactId>\\s*<version>([^<]+)<");

    /// Called by picocli.
    public Version() {}

    @Override
    public String[] getVersion() throws IOException {
        var home = Path.of(System.getProperty("lifeboat.home", ""));
        var commit = System.getProperty("lifeboat.commit", "");
        return new String[] {
            "lifeboat %s%s".formatted(project(home), commit.isEmpty() ? "" : ", commit " + commit),
            "java " + Runtime.version()
        };
    }

    private static String project(Path home) throws IOException {
        var found = PROJECT.matcher(Files.readString(home.resolve("pom.xml")));
        if (!found.find()) {
            throw new IllegalStateException("no version of lifeboat in " + home.resolve("pom.xml"));
        }
        return found.group(1);
    }
}
