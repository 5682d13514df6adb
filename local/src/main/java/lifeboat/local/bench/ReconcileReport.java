package lifeboat.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of `docs/reference/performance.md`, made from what was measured.
record ReconcileReport(Results results) {
    /// What stands between the markers of this name.
    static final String MARK = "measured: reconcile";

    String text() {
        if (results.all().isEmpty()) {
            return "\nNothing was measured yet.\n\n";
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        results.all().stream()
                .map(result -> "Measured on %s: %s.".formatted(result.date(), result.machine()))
                .distinct()
                .forEach(lines::add);
        lines.addAll(goals());
        lines.addAll(growth());
        for (long rows : sizes()) {
            lines.addAll(size(rows));
        }
        lines.add("");
        return String.join("\n", lines) + "\n";
    }

    private List<String> goals() {
        List<String> lines = section("### Goals", "| Goal, at 10,000,000 rows | Wanted | Measured | Verdict |");
        Goal.ALL.forEach(goal -> lines.add(goal.row(results)));
        return lines;
    }

    private List<String> growth() {
        List<Double> shares = List.copyOf(
                new TreeSet<>(results.all().stream().map(Result::share).toList()));
        List<String> lines = section(
                "### How the cost grows: `lifeboat diff` + `repair`, seconds (CPU seconds; peak MB)",
                shares.stream()
                        .map(ReconcileReport::percent)
                        .collect(Collectors.joining(" damaged | ", "| Rows | ", " damaged |")));
        for (long rows : sizes()) {
            lines.add(shares.stream()
                    .map(share -> ours(results.at(rows, share)))
                    .collect(Collectors.joining(" | ", "| %,d | ".formatted(rows), " |")));
        }
        return lines;
    }

    private static String ours(List<Result> cell) {
        return Ratio.find(cell, Way.COMMANDS)
                .or(() -> Ratio.find(cell, Way.VERIFY))
                .map(result -> String.format(
                        Locale.ROOT,
                        "%.1f (%.1f; %.0f)",
                        result.median().wallSeconds(),
                        result.median().cpuSeconds(),
                        result.peakMegabytes()))
                .orElse("-");
    }

    private List<String> size(long rows) {
        List<String> lines = section(
                "### %,d rows".formatted(rows),
                "| Damaged | What | Wall s (fastest-slowest) | CPU s client + servers | Wire MB | WAL MB | Client peak MB | Others' CPU | Ours beside it: wall, CPU |");
        results.all().stream()
                .filter(result -> result.rows() == rows)
                .map(this::row)
                .forEach(lines::add);
        return lines;
    }

    private String row(Result result) {
        Usage usage = result.median();
        return String.format(
                Locale.ROOT,
                "| %s: %,d | %s | %.2f (%.2f-%.2f) | %.2f + %.2f | %.1f | %.1f | %s | %.1f %% | %s |",
                percent(result.share()),
                result.damaged(),
                result.way().text(),
                usage.wallSeconds(),
                result.fastest(),
                result.slowest(),
                usage.clientCpuSeconds(),
                usage.serverCpuSeconds(),
                result.wireMegabytes(),
                usage.walMegabytes(),
                result.peakMegabytes() > 0 ? String.format(Locale.ROOT, "%.0f", result.peakMegabytes()) : "-",
                result.foreignPercent(),
                beside(result));
    }

    private String beside(Result result) {
        List<Result> cell = results.at(result.rows(), result.share());
        Optional<Ratio> ratio = Stream.of(Way.COMMANDS, Way.VERIFY)
                .flatMap(ours -> Ratio.of(cell, ours, result.way()).stream())
                .findFirst();
        return ratio.map(of ->
                        Goal.text(of.wall()) + ", " + Goal.text(of.cpu()) + (of.isUndisturbed() ? "" : " (disturbed)"))
                .orElse("-");
    }

    private List<Long> sizes() {
        return results.all().stream().map(Result::rows).distinct().toList();
    }

    private static String percent(double share) {
        return String.format(
                Locale.ROOT,
                "%s %%",
                Double.toString(Math.round(share * 1e6) / 1e4).replaceFirst("\\.0$", ""));
    }

    private static List<String> section(String title, String head) {
        String rule = head.replaceAll("[^|]+", "---");
        return new ArrayList<>(List.of("", title, "", head, rule));
    }
}
