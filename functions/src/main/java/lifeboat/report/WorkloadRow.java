package lifeboat.report;

import static lifeboat.report.Html.tag;
import static lifeboat.report.Html.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lifeboat.catalog.Workload;
import lifeboat.objective.Figures;
import lifeboat.objective.SlaStatement;
import lifeboat.objective.Spread;

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
                        dataLoss(drills),
                        timeToRecover(drills),
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

    private static Html dataLoss(SlaStatement drills) {
        String objective = "RPO " + Figures.text(drills.objectives().rpo());
        return drills.dataLoss()
                .map(spread ->
                        worst("worst data loss", spread, drills.objectives().rpo(), objective + "; " + bases(drills)))
                .orElseGet(() -> notMeasured("worst data loss", objective));
    }

    private static Html timeToRecover(SlaStatement drills) {
        String objective = "RTO " + Figures.text(drills.objectives().rto());
        return drills.timeToRecover()
                .map(spread -> worst(
                        "worst time to recover",
                        spread,
                        drills.objectives().rto(),
                        "%s; measured in %d of %d".formatted(objective, spread.count(), drills.trials())))
                .orElseGet(() -> notMeasured("worst time to recover", objective));
    }

    private static Html worst(String label, Spread spread, Duration objective, String basis) {
        return cell(
                label,
                text(Figures.text(spread.worst())),
                Drawings.bar(spread.worst(), objective),
                tag("small").of(basis));
    }

    private static Html notMeasured(String label, String objective) {
        return cell(label, text("not measured"), tag("small").of(objective));
    }

    /// How many figures rest on what, in as few words as it can be said.
    private static String bases(SlaStatement drills) {
        return drills.bases().entrySet().stream()
                .collect(Collectors.groupingBy(
                        basis -> basis.getKey().words().replaceFirst(",.*", ""),
                        TreeMap::new,
                        Collectors.summingInt(Map.Entry::getValue)))
                .entrySet()
                .stream()
                .map(basis -> basis.getValue() + " " + basis.getKey())
                .collect(Collectors.joining(", "));
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
