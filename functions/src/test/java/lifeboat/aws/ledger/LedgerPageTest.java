package lifeboat.aws.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.docs.Page;
import org.junit.jupiter.api.Test;

/// `docs/reference/ledger.md` holds the keys as the code has them, and names every attribute that is written.
class LedgerPageTest {
    private static final Page PAGE = Page.at("reference/ledger.md");
    private static final Path SOURCES = Path.of("functions/src/main/java/lifeboat/aws/ledger");
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:\\.|\\b)(?:text|texts|number|map|and|set|with)\\(\\s*(?:update, )?\"([a-z][A-Za-z0-9]*)\",");

    @Test
    void theItemsAreThoseOfTheKeys() throws IOException {
        String table = Files.readString(SOURCES.resolve("Keys.java"))
                .lines()
                .filter(line -> line.startsWith("/// |"))
                .map(line -> line.substring(4) + "\n")
                .collect(Collectors.joining());

        PAGE.mustHold("items", table);
    }

    @Test
    void everyAttributeIsNamed() throws IOException {
        var written = new TreeSet<String>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                WRITTEN.matcher(Files.readString(file)).results().forEach(found -> written.add(found.group(1)));
            }
        }

        assertThat(written).contains("covers", "phases", "dataLossSeconds", "remains", "gsi2sk");
        assertThat(PAGE.text())
                .contains(written.stream().map(name -> "`" + name).toList());
    }
}
