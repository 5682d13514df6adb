package lifeboat.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import lifeboat.catalog.EnvironmentReview;
import lifeboat.catalog.Problem;

/// Environments by the names that `cdk -c env=NAME` knows them by: the files of `infra/environments`.
final class EnvironmentNames {
    private EnvironmentNames() {}

    /// The file that a person chose: by its name, or by its path.
    static Path file(String chosen) {
        return isName(chosen) ? folder().resolve(chosen + ".yaml") : Path.of(chosen);
    }

    /// What is to be said of it; where there is no such environment, which there are.
    static EnvironmentReview review(String chosen, Path file) {
        var review = EnvironmentReview.of(file);
        if (!isName(chosen) || Files.isRegularFile(file)) {
            return review;
        }
        var known = new Problem(
                "LB-003",
                "",
                0,
                "there is no environment \"%s\"".formatted(chosen),
                "there are %s; or give the path of a file".formatted(String.join(", ", all())));
        return new EnvironmentReview(
                review.file(), List.of(known), review.environment(), review.lines(), review.notInEffect());
    }

    private static boolean isName(String chosen) {
        return chosen.matches("[a-z0-9-]+") && !Files.exists(Path.of(chosen));
    }

    private static List<String> all() {
        try (var files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path folder() {
        return Path.of(System.getProperty("lifeboat.home", "")).resolve("infra/environments");
    }
}
