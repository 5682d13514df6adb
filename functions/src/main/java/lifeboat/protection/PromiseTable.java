package lifeboat.protection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.catalog.Durations;
import lifeboat.catalog.Recoverability;
import lifeboat.protection.Promise.Verdict;

/// The promises as text in columns: a line a resource, a column a failure domain.
final class PromiseTable {
    private PromiseTable() {}

    static String of(List<Promise> promises) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(
                "WORKLOAD",
                "RESOURCE",
                "STORE",
                "TIER",
                "IN THE REGION",
                "REGION LOST",
                "ACCOUNT LOST",
                "RECOVERY",
                "RPO"));
        var domains = FailureDomain.values().length;
        for (int i = 0; i < promises.size(); i += domains) {
            rows.add(row(promises.subList(i, i + domains)));
        }
        return aligned(rows);
    }

    private static List<String> row(List<Promise> ofOneResource) {
        var any = ofOneResource.getFirst();
        var cells = new ArrayList<String>();
        cells.add(any.workload().name().toString());
        cells.add(any.resource().name().toString());
        cells.add(any.resource().store());
        cells.add(any.workload().tier().label());
        ofOneResource.forEach(promise -> cells.add(cell(promise)));
        cells.add(Recoverability.of(any.resource()).label());
        cells.add(verdict(ofOneResource));
        return cells;
    }

    private static String cell(Promise promise) {
        var objective =
                promise.objective().map(rpo -> " of " + Durations.shown(rpo)).orElse("");
        return Shortfalls.shown(promise.guarantee()) + objective;
    }

    private static String verdict(List<Promise> ofOneResource) {
        var worst = List.of(Verdict.MISSED, Verdict.ACCEPTED, Verdict.NOT_RECOVERABLE, Verdict.MET).stream()
                .filter(verdict -> ofOneResource.stream().anyMatch(promise -> promise.verdict() == verdict))
                .findFirst()
                .orElseThrow();
        return ofOneResource.stream()
                .filter(promise -> promise.verdict() == worst)
                .findFirst()
                .map(Promise::told)
                .orElseThrow();
    }

    private static String aligned(List<List<String>> rows) {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing() + "\n";
    }
}
