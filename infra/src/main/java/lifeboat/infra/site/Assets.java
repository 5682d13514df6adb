package lifeboat.infra.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lifeboat.catalog.EnvironmentFile;

/// What is uploaded beside the templates.
///
/// @param functions the directory whose `lib` holds the handlers' jar and everything it needs
/// @param catalog the directory that becomes `/opt` in every function: it holds `lifeboat/catalog.json`
public record Assets(Path functions, Path catalog) {
    public Assets {
        present(functions, "./mvnw -q package -DskipTests");
        present(catalog, "give the directory that holds lifeboat/catalog.json");
    }

    /// What the build made, with the catalog of one environment file.
    ///
    /// @param root the directory of the project
    public static Assets built(Path root, Path environmentFile) {
        var name = EnvironmentFile.read(environmentFile).name().value();
        var catalog = root.resolve("infra/target/catalog").resolve(name);
        try {
            Files.createDirectories(catalog.resolve("lifeboat"));
            Files.writeString(catalog.resolve("lifeboat/catalog.json"), EnvironmentFile.compile(environmentFile));
        } catch (IOException failure) {
            throw new UncheckedIOException("the catalog cannot be written to " + catalog, failure);
        }
        return new Assets(root.resolve("functions/target/lambda"), catalog);
    }

    private static void present(Path directory, String hint) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("directory \"%s\" is missing; hint: %s".formatted(directory, hint));
        }
    }
}
