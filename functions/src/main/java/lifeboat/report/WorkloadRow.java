package lifeboat.report;

import static lifeboat.report.Html.tag;
import static lifeboat.report.Html.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import lifeboat.catalog.Workload;
import lifeboat.objective.Figures;
import lifeboat.objective.SlaStatement;

/// One workload in the table of a page: its figures, and folded beneath them what they rest on.
///
/// @param status what is shown
/// @param period of the report
record WorkloadRow(WorkloadStatus status, Period period) {

    Html html() {
        Workload workload = status.workload();
        SlaStatement drills = status.drills();
        Html figures = tag("tr")
                .of(
                        name(workload),
                        standing(),
                        dataLoss(),
                        timeToRecover(),
                        cell(
                                "recent",
                                Drawings.strip(
                                        status.recent(), workload.objectives().rto())),
                        proven(drills),
                        cell("backups", text(ReportFacts.backups(status))));
        Html more =
                tag("tr").with("class", "more").of(tag("td").with("colspan", 7).of(details()));
        return tag("tbody")
                .with("class", status.standing().name().toLowerCase(Locale.ROOT))
                .of(figures, more);
    }

    private static Html name(Workload workload) {
        return tag("th")
                .with("scope", "row")
                .of(
                        text(workload.name()),
                        tag("small").of("%s, %s".formatted(workload.tier().label(), workload.owner())));
    }

    private Html standing() {
        Html word = tag("strong").of(ReportFacts.word(status.standing()));
        return cell(
                "standing",
                word,
                list(status.concerns().stream().map(Concern::what).toList()));
    }

    private Html dataLoss() {
        Duration rpo = status.workload().objectives().rpo();
        return worst("worst data loss", status.worst().dataLoss(), rpo, "RPO", worst -> basis(worst) + ", ");
    }

    private Html timeToRecover() {
        Duration rto = status.workload().objectives().rto();
        return worst("worst time to recover", status.worst().timeToRecover(), rto, "RTO", _ -> "");
    }

    private Html worst(
            String label,
            Optional<Worst.Figure> worst,
            Duration objective,
            String name,
            Function<Worst.Figure, String> basis) {
        String asked = name + " " + Figures.text(objective);
        return worst.map(figure -> cell(
                        label,
                        text(Figures.text(figure.figure())),
                        Drawings.bar(figure.figure(), objective),
                        tag("small")
                                .of("%s; %s%s; measured in %d of %d"
                                        .formatted(
                                                asked,
                                                basis.apply(figure),
                                                figure.in(),
                                                figure.measured(),
                                                status.worst().of()))))
                .orElseGet(() -> cell(label, text("not measured"), tag("small").of(asked)));
    }

    /// What a figure rests on, in as few words as it can be said.
    private static String basis(Worst.Figure worst) {
        return worst.basis().words().replaceFirst(",.*", "");
    }

    private static Html proven(SlaStatement drills) {
        if (drills.trials() == 0) {
            return cell("proven", text("nothing"), tag("small").of("0 drills count"));
        }
        return cell(
                "proven",
                text("at least " + Figures.share(drills.provenShare())),
                tag("small").of("%d of %d drills clean".formatted(drills.clean(), drills.trials())));
    }

    private Html details() {
        List<Html> parts = new ArrayList<>();
        parts.add(tag("summary").of("what this rests on"));
        parts.add(list(ReportFacts.statements(status).toList()));
        part(parts, "accepted shortfall", ReportFacts.accepted(status));
        part(parts, "recoveries of this period", ReportFacts.recoveries(status));
        return tag("details").of(Html.all(parts));
    }

    private static void part(List<Html> parts, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            parts.add(tag("h3").of(title));
            parts.add(list(lines));
        }
    }

    static Html list(List<String> lines) {
        return lines.isEmpty()
                ? Html.NOTHING
                : tag("ul")
                        .of(Html.all(
                                lines.stream().map(line -> tag("li").of(line)).toList()));
    }

    private static Html cell(String label, Html... inside) {
        return tag("td").with("data-label", label).of(inside);
    }
}
