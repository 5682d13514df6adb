package lifeboat.report;

import static lifeboat.report.Html.tag;
import static lifeboat.report.Html.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.objective.Figures;

/// A periodic report as one page: a table with a row a workload, the worst first, and beneath each what it rests on.
///
/// @param report what it shows
record ReportPage(Report report) {

    Page page() {
        return new Page(report.path(), "<!DOCTYPE html>\n" + document().markup() + "\n");
    }

    private Html document() {
        return tag("html").with("lang", "en").of(head(), tag("body").of(header(), table(), review(), footer()));
    }

    private Html head() {
        return tag("head")
                .of(
                        new Html("<meta charset=\"utf-8\">"),
                        new Html("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"),
                        new Html("<meta name=\"color-scheme\" content=\"light dark\">"),
                        // nothing may be loaded or run, whatever a name or a message holds
                        new Html("<meta http-equiv=\"Content-Security-Policy\""
                                + " content=\"default-src 'none'; style-src 'unsafe-inline'\">"),
                        tag("title").of(title() + " " + Period.day(report.at())),
                        new Html("<style>" + style() + "</style>"));
    }

    private String title() {
        return "%s of %s"
                .formatted(report.period().title(), report.environment().name());
    }

    private Html header() {
        return tag("header")
                .of(
                        tag("h1").of(title()),
                        tag("p").with("class", "headline").of(text(report.headline())),
                        tag("p").of("%s to %s. recoveries: %s. left behind: %s."
                                .formatted(
                                        Figures.text(report.from()),
                                        Figures.text(report.at()),
                                        ReportFacts.during(report),
                                        ReportFacts.leftBehind(report))));
    }

    private Html table() {
        Html columns = Html.all(Stream.of(
                        "workload",
                        "standing",
                        "worst data loss",
                        "worst time to recover",
                        "recent",
                        "proven",
                        "backups")
                .map(column -> tag("th").with("scope", "col").of(column))
                .toList());
        Html rows = Html.all(report.workloads().stream()
                .map(status -> new WorkloadRow(status, report.period()).html())
                .toList());
        return tag("table").of(tag("thead").of(tag("tr").of(columns)), rows);
    }

    private Html review() {
        if (report.period() != Period.QUARTERLY) {
            return Html.NOTHING;
        }
        return tag("section").of(tag("h2").of("to review and sign"), WorkloadRow.list(ReportFacts.REVIEW));
    }

    private Html footer() {
        return tag("footer")
                .of(text(
                        "Worst figures of incidents and of drills that covered the whole workload; shares of such drills alone. Judged by the objectives of today. Shares are"
                                + " exact lower bounds at 95 % confidence. Not proven means that nobody knows. Marks: filled met,"
                                + " hollow not measured, cross missed."));
    }

    private static String style() {
        try (var css = ReportPage.class.getResourceAsStream("page.css")) {
            return new String(Optional.ofNullable(css).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
