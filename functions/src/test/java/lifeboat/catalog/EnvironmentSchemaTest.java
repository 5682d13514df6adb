package lifeboat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The schema and the reader agree: on the shipped files, on files that are right, and on files with one error each.
class EnvironmentSchemaTest {
    private static final Path CORPUS = Path.of("functions/src/test/resources/environments");
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(EnvironmentSchema.json());

    static List<Path> right() {
        return Stream.of(Path.of("infra/environments"), CORPUS.resolve("right"))
                .flatMap(folder -> filesIn(folder).stream())
                .toList();
    }

    static List<Path> wrong() {
        return filesIn(CORPUS.resolve("wrong"));
    }

    @ParameterizedTest
    @MethodSource("right")
    void rightFilePassesBoth(Path file) throws IOException {
        assertThat(EnvironmentFile.read(file).workloads()).isNotEmpty();
        assertThat(SCHEMA.validate(json(file), InputFormat.JSON)).isEmpty();
    }

    /// The first line of each file is a comment: `# LB-nnn path` the one problem, and `reader` where only the reader
    /// sees it.
    @ParameterizedTest
    @MethodSource("wrong")
    void fileWithOneErrorIsRefusedByBoth(Path file) throws IOException {
        var expected = Files.readAllLines(file).getFirst().split(" ", -1);

        assertThat(catchThrowableOfType(InvalidEnvironment.class, () -> EnvironmentFile.read(file))
                        .problems())
                .extracting(problem -> problem.code() + " " + problem.path())
                .containsExactly(expected[1] + " " + expected[2]);
        if (expected.length == 3) {
            assertThat(SCHEMA.validate(json(file), InputFormat.JSON)).isNotEmpty();
        }
    }

    private static List<Path> filesIn(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String json(Path file) throws IOException {
        return new YAMLMapper().readTree(Files.readString(file)).toString();
    }
}
