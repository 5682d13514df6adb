package lifeboat.local.engine;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where programs that were unpacked or downloaded are kept between runs.
public final class EngineCache {
    private EngineCache() {}

    /// Below the build folder of the repository that the property `lifeboat.home` names, or the working directory;
    /// where that is no repository of ours, below the user's own cache.
    public static Path folder() {
        Path repository = Path.of(System.getProperty("lifeboat.home", "")).toAbsolutePath();
        if (Files.isRegularFile(repository.resolve("local/pom.xml"))) {
            return repository.resolve("local/target/engines");
        }
        return Path.of(System.getProperty("user.home"), ".cache", "lifeboat");
    }
}
