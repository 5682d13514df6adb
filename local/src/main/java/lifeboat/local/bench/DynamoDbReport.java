package lifeboat.local.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The tables about DynamoDB of `docs/reference/performance.md`, made from what was measured.
record DynamoDbReport(List<Scanning> all) {
    /// What stands between the markers of this name.
    static final String MARK = "measured: dynamodb";

    String text() {
        if (all.isEmpty()) {
            return "\nNothing was measured yet.\n\n";
        }
        List<String> lines = new ArrayList<>(List.of(""));
        all.stream()
                .map(one -> "Measured on %s: %s.".formatted(one.date(), one.machine()))
                .distinct()
                .forEach(lines::add);
        lines.addAll(
                List.of("", "| Goal, at 1,000,000 items a table | Wanted | Measured | Verdict |", "|---|---|---|---|"));
        Scanning.Aim.ALL.forEach(aim -> lines.add(aim.row(all)));
        lines.addAll(List.of(
                "",
                "| Items a table | Differ | What | Wall s | Client CPU s | Items/s | Heap peak MB | Others' CPU |",
                "|---|---|---|---|---|---|---|---|"));
        all.stream()
                .sorted(Comparator.comparingLong(Scanning::items).thenComparing(Scanning::what))
                .map(DynamoDbReport::row)
                .forEach(lines::add);
        lines.add("");
        return String.join("\n", lines) + "\n";
    }

    private static String row(Scanning one) {
        Measured run = one.median();
        return String.format(
                Locale.ROOT,
                "| %,d | %,d | %s | %.2f | %.2f | %,.0f | %d | %.1f %% |",
                one.items(),
                one.damaged(),
                one.what().text(),
                run.wallSeconds(),
                run.cpuSeconds(),
                one.items() / run.wallSeconds(),
                one.peakMegabytes(),
                one.foreignPercent());
    }
}
