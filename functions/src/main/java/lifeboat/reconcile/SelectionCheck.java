package lifeboat.reconcile;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import lifeboat.catalog.Invalid;

/// Holds a selection against what is compared. A name that is not there selects nothing, and would so leave everything
/// else in the plan: it is refused.
public final class SelectionCheck {
    private static final int SHOWN = 20;
    private final Comparison comparison;
    private final String mark;

    /// @param mark what stands before a field's name where it was typed: `--` on a command line, else nothing
    public SelectionCheck(Comparison comparison, String mark) {
        this.comparison = comparison;
        this.mark = mark;
    }

    /// Checks every table, column and key that rules name.
    ///
    /// @throws Invalid naming the field, the value and what is allowed
    public void check(Rules rules) {
        rules.selection().tables().forEach(table -> facts("tables", table));
        rules.selection().keys().forEach(this::keys);
        rules.purges().forEach(this::purge);
        rules.explainedBy().ifPresent(names -> explainedBy(names, rules));
    }

    private void keys(TableName table, List<KeyRange> ranges) {
        KeyForm form = facts("keys", table).key();
        for (KeyRange range : ranges) {
            if (!form.takes(range)) {
                throw new Invalid(
                        "LB-468",
                        "%s \"%s=%s..%s\" is not allowed: %s"
                                .formatted(named("keys"), table, range.from(), range.to(), form.allowed()),
                        "a range of %s of %s is not allowed: %s".formatted(named("keys"), table, form.allowed()));
            }
        }
    }

    private void purge(Rules.PurgeRule rule) {
        TableFacts facts = facts("purged", rule.table());
        if (!facts.hasTime(rule.field())) {
            throw invalid(
                    "purged",
                    "%s.%s".formatted(rule.table(), rule.field()),
                    "a column with a time: one of " + new TreeSet<>(facts.times()));
        }
    }

    /// Several names are tried in turn, so each must be of some table.
    private void explainedBy(String names, Rules rules) {
        List<TableFacts> all = comparison.tables().stream()
                .flatMap(table -> comparison.facts(table).stream())
                .filter(facts -> facts.key() != KeyForm.UNKNOWN)
                .toList();
        for (String name : names.split(",", -1)) {
            if (!all.isEmpty() && all.stream().noneMatch(facts -> facts.hasTime(name.strip()))) {
                throw new Invalid(
                        "LB-409",
                        "%s \"%s\" is not allowed: no compared table has a column \"%s\" with a time"
                                .formatted(named("explainedBy"), names, name.strip()));
            }
        }
        boolean told = all.stream().allMatch(facts -> facts.columns().isPresent());
        if (!told && rules.repairWithoutTime() && comparison.newestInCopy().isEmpty()) {
            throw new Invalid(
                    "LB-409",
                    "%s \"%s\" is not allowed: no item of the copy has a time there"
                            .formatted(named("explainedBy"), names));
        }
    }

    private TableFacts facts(String field, TableName table) {
        Optional<TableFacts> facts = comparison.facts(table);
        return facts.orElseThrow(
                () -> invalid(field, table.toString(), "a table that is compared: " + shown(comparison.tables())));
    }

    private static String shown(List<TableName> tables) {
        List<String> some =
                tables.stream().limit(SHOWN).map(TableName::toString).toList();
        return String.join(", ", some)
                + (tables.size() > SHOWN ? " and %,d more".formatted(tables.size() - SHOWN) : "");
    }

    private Invalid invalid(String field, String value, String allowed) {
        return new Invalid("LB-468", "%s \"%s\" is not allowed: %s".formatted(named(field), value, allowed));
    }

    private String named(String field) {
        return Choice.named(mark, field);
    }
}
