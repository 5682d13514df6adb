package lifeboat.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The tables of `docs/reference/performance.md` are made from the kept measurements: no figure is written by hand.
class PerformancePageTest {
    private static final Path PAGE = Path.of("docs/reference/performance.md");

    @Test
    void tablesAreThoseOfTheKeptMeasurements() throws IOException {
        var reconcile = Results.read(Path.of("docs/reference/performance-reconcile.json"));
        var dynamoDb = Results.list(Path.of("docs/reference/performance-dynamodb.json"), Scanning.class);

        assertThat(PAGE)
                .content()
                .contains(
                        between(ReconcileReport.MARK, new ReconcileReport(reconcile).text()),
                        between(DynamoDbReport.MARK, new DynamoDbReport(dynamoDb).text()));
    }

    @Test
    void onlyWhatStandsBetweenTheMarkersIsReplaced() throws IOException {
        var file = Files.createTempFile("performance", ".md");
        Files.writeString(file, "before\n<!-- one -->\nold\n<!-- end of one -->\nafter\n");

        new PerformancePage(file).hold("one", "new\n");

        assertThat(file).hasContent("before\n<!-- one -->\nnew\n<!-- end of one -->\nafter\n");
    }

    private static String between(String mark, String text) {
        return "<!-- " + mark + " -->\n" + text + "<!-- end of " + mark + " -->";
    }
}
