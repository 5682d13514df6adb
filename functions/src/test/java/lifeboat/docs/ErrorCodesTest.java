package lifeboat.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reference/errors.md` and the sources of all modules speak of the same codes.
class ErrorCodesTest {
    private static final Pattern IN_CODE = Pattern.compile("\"(LB-[0-9]{3})\\b");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (LB-[0-9]{3}) \\|([^|\\n]+)\\|([^|\\n]+)\\|$");

    @Test
    void everyCodeInTheSourcesIsListedAndEveryListedCodeIsInTheSources() throws IOException {
        var inCode = new TreeSet<String>();
        for (var module : List.of("functions", "infra", "local")) {
            inCode.addAll(codesUnder(Path.of(module, "src/main")));
        }

        assertThat(inCode).isNotEmpty().isEqualTo(listed());
    }

    @Test
    void everyCodeIsListedOnceInOrderWithMeaningAndHint() {
        var codes = ROW.matcher(Page.at("reference/errors.md").text())
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(codes).isSorted().doesNotHaveDuplicates();
        assertThat(Page.at("reference/errors.md").text().lines().filter(line -> line.startsWith("| LB-")))
                .allSatisfy(line -> assertThat(line).matches(ROW));
    }

    private static Set<String> listed() {
        var codes = new TreeSet<String>();
        ROW.matcher(Page.at("reference/errors.md").text()).results().forEach(row -> codes.add(row.group(1)));
        return codes;
    }

    private static Set<String> codesUnder(Path folder) throws IOException {
        var codes = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                IN_CODE.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
            }
        }
        return codes;
    }
}
