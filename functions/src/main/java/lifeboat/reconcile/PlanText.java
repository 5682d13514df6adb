package lifeboat.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A plan as a person reads it at three in the morning: what differs, what would be done, what would not and why.
public final class PlanText {
    /// More of them are a migration, and nobody reads them here.
    private static final int MOST_DEFINITIONS = 40;

    private final RepairPlan plan;
    private final Disclosure disclosure;
    private final StringBuilder out = new StringBuilder();

    private PlanText(RepairPlan plan, Disclosure disclosure) {
        this.plan = plan;
        this.disclosure = disclosure;
    }

    /// The plan with all that its samples hold.
    public static String of(RepairPlan plan) {
        return of(plan, Disclosure.VALUES);
    }

    /// The plan with no more of the rows than may be shown.
    public static String of(RepairPlan plan, Disclosure disclosure) {
        PlanText text = new PlanText(plan, disclosure);
        text.head();
        text.table();
        text.samples();
        text.notCompared();
        text.structure();
        text.notTouched();
        text.notes();
        text.conclusion();
        return text.out.toString();
    }

    private void head() {
        line("copy  %s".formatted(plan.header().copy()));
        line("live  %s".formatted(plan.header().live()));
        plan.header().rules().pointInTime().ifPresent(at -> line("point in time  %s".formatted(at)));
        SelectionText.of(plan.header().rules(), disclosure).forEach(sentence -> line("selected  " + shown(sentence)));
        line("");
    }

    private void table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("table", "in copy", "in live", "missing", "changed", "unexpected", "expected", "left"));
        for (TableOutcome outcome : plan.tables()) {
            if (outcome instanceof TableOutcome.Compared compared
                    && compared.counts().repairs() + leftAt(compared) > 0) {
                rows.add(cells(compared));
            }
        }
        int[] widths = new int[8];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        if (rows.size() > 1) {
            rows.forEach(row -> line(aligned(row, widths)));
            line("");
        }
        line("%d of %d tables are equal".formatted(equal(), plan.tables().size()));
        line("");
    }

    private static long leftAt(TableOutcome.Compared compared) {
        return compared.counts().left().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long equal() {
        return plan.tables().stream()
                .filter(outcome -> outcome instanceof TableOutcome.Compared compared
                        && compared.counts().unexplained() == 0)
                .count();
    }

    private static List<String> cells(TableOutcome.Compared compared) {
        Counts counts = compared.counts();
        return List.of(
                shown(compared.table().toString()),
                number(counts.copyRows()),
                number(counts.liveRows()),
                number(counts.toRepair().getOrDefault(DifferenceClass.MISSING_IN_LIVE, 0L)),
                number(counts.toRepair().getOrDefault(DifferenceClass.CHANGED, 0L)),
                number(counts.toRepair().getOrDefault(DifferenceClass.UNEXPECTED_IN_LIVE, 0L)),
                number(counts.expected()),
                number(counts.unexplained() - counts.repairs()));
    }

    private static String aligned(List<String> row, int[] widths) {
        StringBuilder text = new StringBuilder();
        text.append(row.getFirst()).append(" ".repeat(widths[0] - row.getFirst().length()));
        for (int i = 1; i < widths.length; i++) {
            text.append("  ")
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(row.get(i));
        }
        return text.toString();
    }

    private void samples() {
        if (disclosure == Disclosure.COUNTS) {
            return;
        }
        for (TableOutcome outcome : plan.tables()) {
            if (outcome instanceof TableOutcome.Compared compared) {
                compared.samples().stream()
                        .sorted(Comparator.comparing(Difference.Sample::kind))
                        .forEach(sample -> sample(compared.table(), sample));
            }
        }
    }

    private void sample(TableName table, Difference.Sample sample) {
        line("%s  %s  %s"
                .formatted(
                        label(sample.kind())
                                + sample.anomaly()
                                        .map(time -> "  " + time.word())
                                        .orElse(""),
                        shown(table.toString()),
                        shown(sample.key().toString())));
        if (disclosure == Disclosure.KEYS) {
            return;
        }
        for (FieldChange change : sample.fields()) {
            line((switch (sample.kind()) {
                        case CHANGED -> "    %1$s: %2$s in the copy, %3$s in live";
                        case MISSING_IN_LIVE -> "    %1$s: %2$s";
                        case UNEXPECTED_IN_LIVE -> "    %1$s: %3$s";
                    })
                    .formatted(shown(change.field()), value(change.copy()), value(change.live())));
        }
    }

    private static String label(DifferenceClass kind) {
        return switch (kind) {
            case MISSING_IN_LIVE -> "missing   ";
            case CHANGED -> "changed   ";
            case UNEXPECTED_IN_LIVE -> "unexpected";
        };
    }

    private static String value(Optional<String> value) {
        return value.map(text -> "\"" + shown(text) + "\"").orElse("NULL");
    }

    /// Line ends and other control characters of names and data never reach the terminal.
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                shown.append("\\u%04x".formatted(point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private void notCompared() {
        for (TableOutcome outcome : plan.tables()) {
            if (outcome instanceof TableOutcome.NotCompared not) {
                line("NOT COMPARED  %s  %s: %s"
                        .formatted(shown(not.table().toString()), not.why(), shown(not.detail())));
            }
        }
    }

    /// What differs beside the rows, and what nobody looked at.
    private void structure() {
        List<StructureDifference> differences = plan.findings().differences();
        for (StructureDifference difference : differences.subList(0, Math.min(MOST_DEFINITIONS, differences.size()))) {
            line("STRUCTURE  %s %s: %s in the copy, %s in live"
                    .formatted(
                            shown(difference.kind()),
                            shown(difference.object()),
                            definition(difference.copy()),
                            definition(difference.live())));
        }
        if (differences.size() > MOST_DEFINITIONS) {
            line("STRUCTURE  and %d more: the plan's JSON lists them all"
                    .formatted(differences.size() - MOST_DEFINITIONS));
        }
        plan.findings().notCompared().forEach(thing -> line("not compared  %s".formatted(shown(thing))));
    }

    private static String definition(Optional<String> definition) {
        return definition.map(PlanText::shown).orElse("absent");
    }

    private void notTouched() {
        for (Map.Entry<Left, Long> entry : plan.counts().left().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            line("not touched  %s rows: %s"
                    .formatted(number(entry.getValue()), entry.getKey().text()));
        }
    }

    private void notes() {
        plan.notes().forEach(note -> line("note  %s".formatted(shown(note))));
        if (plan.counts().toRepair().getOrDefault(DifferenceClass.MISSING_IN_LIVE, 0L) > 0) {
            line("note  missing rows come back, those too that somebody deleted on purpose since the copy:"
                    + " leave them out by --keys or --classes, or name the purge with --purged");
        }
        for (TimeAnomaly anomaly : TimeAnomaly.values()) {
            if (plan.counts().left().getOrDefault(anomaly.left(), 0L) > 0) {
                line(
                        "note  rows \"%1$s\" differ and stay: look at them; where they are damage, name %1$s in --classes (classes)"
                                .formatted(anomaly.word()));
            }
        }
        boolean deletes = plan.counts().toRepair().getOrDefault(DifferenceClass.UNEXPECTED_IN_LIVE, 0L) > 0;
        if (deletes && plan.header().rules().explainedBy().isEmpty()) {
            line(
                    "note  nothing tells good new rows from damage: rows written since the copy WOULD BE DELETED OR CHANGED BACK."
                            + " Name the column with the time of the last write with --explained-by");
        }
    }

    private void conclusion() {
        Counts counts = plan.counts();
        line("");
        line((switch (plan.verdict()) {
                    case EQUAL -> "EQUAL: live holds what the copy holds" + beside() + ".";
                    case DIFFERENT -> "DIFFERENT: a repair would write %s rows, %.3f %% of live; %s.";
                    case INCOMPLETE ->
                        "INCOMPLETE: not everything could be compared. A repair would write %s rows, %.3f %% of live; %s.";
                })
                .formatted(
                        number(counts.repairs()),
                        100.0 * counts.repairs() / Math.max(1, Math.max(counts.copyRows(), counts.liveRows())),
                        estimate(counts.repairs())));
        int beside = plan.findings().differences().size();
        if (beside > 0) {
            line(
                    beside == 1
                            ? "1 difference of the structure is listed above: a repair of rows does not mend it."
                            : "%d differences of the structure are listed above: a repair of rows does not mend them."
                                    .formatted(beside));
        }
    }

    private String beside() {
        return plan.findings().notCompared().isEmpty() ? "" : ", but for what is \"not compared\" above";
    }

    /// By about 5,000 rows a second, which is slow.
    private static String estimate(long rows) {
        long seconds = 1 + rows / 5_000;
        return seconds < 60 ? "under a minute of work" : "about %d minutes of work".formatted(seconds / 60 + 1);
    }

    private static String number(long value) {
        return "%,d".formatted(value);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
