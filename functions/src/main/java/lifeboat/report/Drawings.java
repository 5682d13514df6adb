package lifeboat.report;

import static lifeboat.report.Html.tag;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import lifeboat.objective.Figures;

/// The small drawings of a page, as SVG inside it. Each says in words what it shows; shapes, not colours, tell verdicts
/// apart.
final class Drawings {
    private static final int WIDTH = 120;
    private static final int OBJECTIVE = 90;
    private static final int STEP = 9;
    private static final int HEIGHT = 26;
    private static final int LINE = 9;
    private static final int FLOOR = 22;

    private Drawings() {}

    /// A bar as long as a measured duration, with a line where the objective is.
    static Html bar(Duration measured, Duration objective) {
        double ratio = (double) measured.toMillis() / objective.toMillis();
        String kept = ratio <= 1 ? "met" : "missed";
        String words = "%s of an objective of %s".formatted(Figures.text(measured), Figures.text(objective));
        return picture(
                WIDTH,
                10,
                words,
                tag("rect")
                        .with("class", "track")
                        .with("width", OBJECTIVE)
                        .with("y", 2)
                        .with("height", 6)
                        .of(),
                tag("rect")
                        .with("class", kept)
                        .with("width", number(Math.clamp(ratio * OBJECTIVE, 1, WIDTH)))
                        .with("y", 2)
                        .with("height", 6)
                        .of(),
                tag("path")
                        .with("class", "limit")
                        .with("d", "M%d 0V10".formatted(OBJECTIVE))
                        .of());
    }

    /// One mark a recovery, oldest left, the higher the longer it took; the line is the RTO.
    static Html strip(List<Recovered> recent, Duration rto) {
        int width = Math.max(1, recent.size()) * STEP;
        List<Html> marks = IntStream.range(0, recent.size())
                .mapToObj(i -> mark(recent.get(i), i * STEP + STEP / 2, rto))
                .toList();
        return picture(
                width,
                HEIGHT,
                "the newest %d recoveries that count; the line is the RTO".formatted(recent.size()),
                tag("path")
                        .with("class", "limit")
                        .with("d", "M0 %dH%d".formatted(LINE, width))
                        .of(),
                Html.all(marks));
    }

    private static Html mark(Recovered recovered, int x, Duration rto) {
        double y = recovered.timeToRecover().map(took -> height(took, rto)).orElse((double) FLOOR);
        Html title = tag("title").of("%s: %s".formatted(recovered.name(), recovered.came()));
        return switch (recovered.standing()) {
            case MET -> circle(x, y, "met").of(title);
            case UNMEASURED -> circle(x, y, "unmeasured").of(title);
            case MISSED ->
                tag("path")
                        .with("class", "missed")
                        .with("d", "M%d %sl6 6m0 -6l-6 6".formatted(x - 3, number(y - 3)))
                        .of(title);
        };
    }

    private static Html.Tag circle(int x, double y, String kind) {
        return tag("circle")
                .with("class", kind)
                .with("cx", x)
                .with("cy", number(y))
                .with("r", 3);
    }

    private static double height(Duration took, Duration rto) {
        double ratio = (double) took.toMillis() / rto.toMillis();
        return FLOOR - Math.min(ratio, 1.4) * (FLOOR - LINE);
    }

    private static Html picture(int width, int height, String words, Html... shapes) {
        return tag("svg")
                .with("width", width)
                .with("height", height)
                .with("viewBox", "0 0 %d %d".formatted(width, height))
                .with("role", "img")
                .with("aria-label", words)
                .of(tag("title").of(words), Html.all(List.of(shapes)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
