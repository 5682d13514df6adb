package lifeboat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file past 350 lines is two things.
class SourceSizeTest {
    private static final int MOST_LINES = 350;

    @ParameterizedTest
    @ValueSource(strings = {"functions", "infra", "local"})
    void noMainFileIsLongerThanAPersonReads(String module) throws IOException {
        List<Path> sources = sources(Path.of(module, "src/main/java"));

        assertThat(sources)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(Files.readAllLines(source))
                        .as(source.toString())
                        .hasSizeLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void everyPackageSaysInASentenceWhatItIs() throws IOException {
        List<Path> folders = sources(Path.of("functions/src/main/java")).stream()
                .map(Path::getParent)
                .distinct()
                .toList();

        assertThat(folders)
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(Files.readString(folder.resolve("package-info.java")))
                        .startsWith("/// ")
                        .contains("@NullMarked"));
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
