package lifeboat.docs;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lifeboat.objective.Confidence;
import lifeboat.objective.Figures;
import org.junit.jupiter.api.Test;

/// The tables of `docs/concepts/sla.md` are computed, not copied.
class SlaPageTest {
    private static final Page PAGE = Page.at("concepts/sla.md");

    @Test
    void theDrillsNeededAreThoseOfTheFormula() {
        PAGE.mustHold(
                "drills needed",
                table(
                        "Not clean",
                        List.of(90, 95, 99),
                        share -> share + " %",
                        (failures, share) -> Integer.toString(
                                failures + 1 + Confidence.moreSuccessesFor(share / 100.0, failures + 1, 1))));
    }

    @Test
    void theSharesProvenAreThoseOfTheFormula() {
        PAGE.mustHold(
                "share proven",
                table(
                        "Not clean",
                        List.of(4, 12, 24, 52, 104),
                        drills -> drills + " drills",
                        (failures, drills) -> Figures.share(Confidence.atLeast(drills, drills - failures))));
    }

    private static String table(String corner, List<Integer> columns, IntFunction<String> name, Cell cell) {
        Stream<String> head = Stream.of(
                row(corner, columns.stream().map(name::apply)),
                row("---", columns.stream().map(_ -> "---")));
        Stream<String> rows = IntStream.rangeClosed(0, 3)
                .mapToObj(failures ->
                        row(Integer.toString(failures), columns.stream().map(column -> cell.at(failures, column))));
        return Stream.concat(head, rows).collect(Collectors.joining());
    }

    private static String row(String first, Stream<String> cells) {
        return Stream.concat(Stream.of(first), cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private interface Cell {
        String at(int failures, int column);
    }
}
