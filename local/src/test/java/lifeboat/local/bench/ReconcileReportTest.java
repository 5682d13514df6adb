package lifeboat.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// What the page says of measurements.
class ReconcileReportTest {
    private static final long ROWS = 10_000_000;
    private static final double SHARE = 0.0017;
    private static final String GOAL = "| wall time beside `-Fc` | at most 1/6.0 | ";

    @Test
    void goalIsMetByTheMedians() {
        assertThat(text(result(Way.COMMANDS, 0, 1, 5, 90), result(Way.DUMP, 0, 29, 31, 30)))
                .contains(GOAL + "1/6.0 | met |");
    }

    @Test
    void goalThatIsNotMetIsSaidToBeNotMet() {
        assertThat(text(result(Way.COMMANDS, 0, 5.1), result(Way.DUMP, 0, 30)))
                .contains(GOAL + "1/5.9 | **not met** |");
    }

    @Test
    void thereIsNoVerdictOnAMachineThatDidOtherWork() {
        assertThat(text(result(Way.COMMANDS, 0, 1), result(Way.DUMP, 5.1, 30)))
                .contains(GOAL + "1/30.0 | no verdict: the machine did other work |");
    }

    @Test
    void goalOfASizeThatWasNotMeasuredIsNotMeasured() {
        assertThat(text(result(Way.COMMANDS, 0, 1))).contains(GOAL + "not measured | - |");
    }

    @Test
    void newMeasurementTakesThePlaceOfTheOldOne() throws IOException {
        var file = Files.createTempFile("performance", ".json");
        var old = result(Way.DUMP, 0, 30);
        var other = result(Way.SCAN, 0, 1);
        var newer = result(Way.DUMP, 0, 40);

        Results.write(
                file, new Results(List.of(old, other)).with(List.of(newer)).all());

        assertThat(Results.read(file).all()).containsExactly(newer, other);
    }

    private static String text(Result... results) {
        return new ReconcileReport(new Results(List.of(results))).text();
    }

    private static Result result(Way way, double foreignPercent, double... wallSeconds) {
        var rounds = DoubleStream.of(wallSeconds)
                .mapToObj(wall -> new Usage(wall, wall, wall, 1, 1, foreignPercent))
                .toList();
        return new Result(ROWS, SHARE, 17_000, way, 1, 0, rounds, "a machine", "2026-11-26");
    }
}
