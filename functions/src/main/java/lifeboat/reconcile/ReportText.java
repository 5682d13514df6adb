package lifeboat.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;

/// How a repair or an undo ended, for a person and for a machine.
public final class ReportText {
    private static final int SHOWN = 10;

    private ReportText() {}

    /// A few lines, ending with the verdict, with keys of rows that were left alone.
    public static String of(RepairReport report, String verb) {
        return of(report, verb, Disclosure.KEYS);
    }

    /// The same with no more of the rows than may be shown.
    public static String of(RepairReport report, String verb, Disclosure disclosure) {
        long shown = disclosure == Disclosure.COUNTS ? 0 : SHOWN;
        StringBuilder out = new StringBuilder();
        new TreeMap<>(report.tables()).forEach((table, outcome) -> {
            line(
                    out,
                    "%s  %,d %s, %,d were so already, %,d skipped"
                            .formatted(
                                    table,
                                    outcome.written(),
                                    verb,
                                    outcome.alreadyDone(),
                                    outcome.skipped().size()));
            outcome.skipped().stream().limit(shown).forEach(skipped -> skipped(out, skipped));
        });
        report.total()
                .sideEffects()
                .forEach(effect ->
                        line(out, "triggers of live wrote besides, which no undo brings back: " + effect.text()));
        report.settled().forEach(done -> line(out, done));
        line(out, verification(report.verification(), disclosure));
        report.left().forEach(entry -> left(out, entry, shown));
        line(out, verdict(report));
        return out.toString();
    }

    private static String verdict(RepairReport report) {
        if (!report.left().isEmpty()) {
            Set<Integer> numbers = report.left().stream()
                    .filter(entry -> entry.table().isPresent())
                    .map(LeftEntry::entry)
                    .collect(Collectors.toSet());
            if (numbers.isEmpty()) {
                return "DONE, BUT FOR ENTRIES OF THE UNDO LOG THAT CANNOT BE READ: find out what became of them.";
            }
            return "DONE, BUT FOR ENTRIES OF THE UNDO LOG: look at their rows in live; to undo them too, name them: entries %s."
                    .formatted(UndoEntries.text(numbers));
        }
        if (report.verification() instanceof RepairReport.Verification.Differs) {
            return "DONE, BUT NOT VERIFIED: compare again to see where the rows stand.";
        }
        return report.total().skipped().isEmpty()
                ? "DONE."
                : "DONE, BUT FOR THE SKIPPED ROWS: compare again to see where they stand.";
    }

    private static void left(StringBuilder out, LeftEntry entry, long shown) {
        line(
                out,
                "entry %d%s: %s"
                        .formatted(
                                entry.entry(),
                                entry.table()
                                        .map(table -> ", %s, %,d rows".formatted(table, entry.rows()))
                                        .orElse(""),
                                entry.why()));
        entry.keys().stream().limit(shown).forEach(key -> line(out, "    not undone %s".formatted(key)));
    }

    /// The same for machines.
    public static ObjectNode json(RepairReport report) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("plan", report.plan().value());
        var tables = node.putArray("tables");
        new TreeMap<>(report.tables()).forEach((table, outcome) -> {
            ObjectNode entry = tables.addObject();
            entry.put("schema", table.schema()).put("table", table.name());
            entry.put("written", outcome.written()).put("alreadyDone", outcome.alreadyDone());
            counts(outcome).forEach((why, count) -> entry.put(why.name(), count));
            var keys = entry.putArray("skipped");
            outcome.skipped().forEach(skipped -> {
                var key = keys.addObject().put("why", skipped.why().name()).putArray("key");
                skipped.key().parts().forEach(key::add);
            });
        });
        node.set("sideEffects", PieceJson.effects(report.total().sideEffects()));
        var settled = node.putArray("settled");
        report.settled().forEach(settled::add);
        var left = node.putArray("left");
        report.left().forEach(entry -> {
            ObjectNode one = left.addObject().put("entry", entry.entry());
            entry.table().ifPresent(table -> one.put("schema", table.schema()).put("table", table.name()));
            one.put("rows", entry.rows()).put("why", entry.why());
            var keys = one.putArray("keys");
            entry.keys().forEach(key -> key.parts().forEach(keys.addArray()::add));
        });
        return node.put("verification", verification(report.verification(), Disclosure.KEYS));
    }

    private static Map<Why, Long> counts(BatchOutcome outcome) {
        Map<Why, Long> counts = new EnumMap<>(Why.class);
        outcome.skipped().forEach(skipped -> counts.merge(skipped.why(), 1L, Long::sum));
        return counts;
    }

    private static void skipped(StringBuilder out, Skipped skipped) {
        line(out, "    skipped %s: %s".formatted(skipped.key(), skipped.why().text()));
    }

    private static String verification(RepairReport.Verification verification, Disclosure disclosure) {
        return switch (verification) {
            case RepairReport.Verification.Verified(long rows, long skipped) ->
                "verified: %,d rows are what the plan wanted, %,d were skipped".formatted(rows - skipped, skipped);
            case RepairReport.Verification.Differs(long rows, long differing, var samples) ->
                "NOT VERIFIED: %,d of %,d rows are not what the plan wanted (written again since?)%s"
                        .formatted(differing, rows, disclosure == Disclosure.COUNTS ? "" : ": " + samples);
            case RepairReport.Verification.NotAsked() -> "each row was looked at again before its transaction ended";
        };
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }
}
