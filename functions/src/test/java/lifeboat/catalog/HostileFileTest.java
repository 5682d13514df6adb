package lifeboat.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are broken by accident or on purpose: each ends in problems that a person understands, none in a crash.
class HostileFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "   \n\n", "# only a comment\n", "---\n", "~"})
    void emptyFileSaysThatItIsEmpty(String text) {
        assertThat(only(text)).extracting(Problem::code).isEqualTo("LB-006");
        assertThat(only(text).message()).startsWith("the file is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "just text", "42", "true"})
    void fileThatIsNoMapSaysWhatItIs(String text) {
        assertThat(only(text).code()).isEqualTo("LB-006");
        assertThat(only(text).message()).contains("must be a map with environment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment: lab\n\taccount: x",
                "environment: [a",
                "environment: \"a",
                "a: b: c",
                "? [a, b]\n: c",
                "\"a\\ud800b\u0000\": 1",
                "%YAML 9.9\n---\na: 1",
                "!!javax.script.ScriptEngineManager [a",
                "a: 1\n b: 2"
            })
    void brokenSyntaxNamesTheLine(String text) {
        assertThat(problems("env.yaml", text)).first().satisfies(problem -> {
            assertThat(problem.code()).isIn("LB-005", "LB-008");
            assertThat(problem.line()).isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\": 1,}", "{'a': 1}", "{\"a\": 01}", "nonsense", "{\"a\": 1}{\"b\": 2}"})
    void brokenJsonIsRefused(String text) {
        assertThat(problems("catalog.json", text)).extracting(Problem::code).contains("LB-005");
    }

    @Test
    void anchorsAreRefusedAndNeverExpanded() {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
                + IntStream.range(1, 26)
                        .mapToObj(i -> "%c: &%c [%s]"
                                .formatted('a' + i, 'a' + i, ("*" + (char) ('a' + i - 1) + ",").repeat(9)))
                        .collect(Collectors.joining("\n"));

        assertThat(problems("env.yaml", bomb)).extracting(Problem::code).contains("LB-007");
    }

    @ParameterizedTest
    @CsvSource({"yaml,'[',1000", "yaml,'{a: ',1000", "json,'[',1000", "json,'{\"a\":',200000", "yaml,'- ',1000"})
    void deepNestingIsRefused(String ending, String opening, int depth) {
        assertThat(problems("env." + ending, opening.repeat(depth)))
                .extracting(Problem::code)
                .containsAnyOf("LB-005");
    }

    @Test
    void hugeFileIsRefusedUnread(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("huge.yaml"), new byte[10 * 1024 * 1024]);

        var invalid = catchThrowableOfType(InvalidEnvironment.class, () -> EnvironmentFile.read(file));

        assertThat(invalid.problems()).extracting(Problem::code).containsExactly("LB-004");
    }

    @Test
    void manyProblemsStayReadable() {
        var junk = IntStream.range(0, 50_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());

        var invalid = catchThrowableOfType(InvalidEnvironment.class, () -> EnvironmentFile.parse("env.yaml", junk));

        assertThat(invalid.problems()).hasSizeGreaterThan(50_000);
        assertThat(invalid.getMessage()).hasLineCount(1 + 1 + 100 * 4 + 1).endsWith("more");
    }

    @Test
    void missingFolderAndBinaryFilesAreRefused(@TempDir Path folder) throws IOException {
        var binary = Files.write(folder.resolve("image.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        assertThat(fileProblem(folder.resolve("none.yaml")))
                .extracting(Problem::code)
                .isEqualTo("LB-003");
        assertThat(fileProblem(folder)).extracting(Problem::code).isEqualTo("LB-003");
        assertThat(fileProblem(binary)).extracting(Problem::message).isEqualTo("the file is not UTF-8 text");
    }

    @Test
    void byteOrderMarkIsNoProblem(@TempDir Path folder) throws IOException {
        var file = folder.resolve("marked.yaml");
        Files.write(file, ("\uFEFF" + EnvironmentFileTest.SMALLEST).getBytes(StandardCharsets.UTF_8));

        assertThat(EnvironmentFile.read(file).name()).hasToString("prod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"111122223333", "012345678901", "0o12", "1_000", "true", "1e5"})
    void unquotedAccountAsksForQuotes(String account) {
        var problem = only(EnvironmentFileTest.SMALLEST.replace("\"111122223333\"", account));

        assertThat(problem.path()).isEqualTo("account");
        assertThat(problem.line()).isEqualTo(2);
    }

    @Test
    void leadingZeroOfAnUnquotedAccountIsShownAsWritten() {
        var problem = only(EnvironmentFileTest.SMALLEST.replace("\"111122223333\"", "012345678901"));

        assertThat(problem.code()).isEqualTo("LB-011");
        assertThat(problem.hint()).isEqualTo("quote it: \"012345678901\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "~", "", "[]", "{}", "[a]", "{a: b}", "12", "yes", "\"\\e[31m\""})
    void everyKeySurvivesEveryKindOfValue(String value) {
        for (var key : new String[] {
            "environment",
            "account",
            "region",
            "recoveryRegion",
            "recoveryAccount",
            "contacts",
            "schedules",
            "vaultLock",
            "tiers",
            "workloads"
        }) {
            var text =
                    EnvironmentFileTest.SMALLEST.replaceFirst("(?m)^" + key + ":.*\n( .*\n)*", "") + key + ": " + value;
            assertThat(outcome(text)).allSatisfy(problem -> {
                assertThat(problem.path()).startsWith(key);
                assertThat(problem.line()).isPositive();
                assertThat(problem.toString()).doesNotContain("\u001b");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "12, LB-013, 'add the unit, for example 12h'",
        "12 h, LB-013, ''",
        "0h, LB-013, ''",
        "-1h, LB-013, ''",
        "1.5h, LB-013, ''",
        "PT1H, LB-013, ''",
        "101y, LB-013, ''",
        "999999999y, LB-013, ''",
        "99999999999999999999y, LB-013, ''",
        "~, LB-013, ''"
    })
    void durationThatIsNoneIsRefused(String written, String code, String hint) {
        var problem = only(EnvironmentFileTest.SMALLEST + "tiers: {critical: {rpo: " + written + "}}\n");

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.path()).isEqualTo("tiers.critical.rpo");
        assertThat(problem.hint()).isEqualTo(hint);
    }

    private static Problem only(String yaml) {
        assertThat(problems("env.yaml", yaml)).hasSize(1);
        return problems("env.yaml", yaml).getFirst();
    }

    private static Problem fileProblem(Path file) {
        return catchThrowableOfType(InvalidEnvironment.class, () -> EnvironmentFile.read(file))
                .problems()
                .getFirst();
    }

    private static List<Problem> problems(String name, String text) {
        return catchThrowableOfType(InvalidEnvironment.class, () -> EnvironmentFile.parse(name, text))
                .problems();
    }

    private static List<Problem> outcome(String text) {
        try {
            EnvironmentFile.parse("env.yaml", text);
            return List.of();
        } catch (InvalidEnvironment invalid) {
            return invalid.problems();
        }
    }
}
