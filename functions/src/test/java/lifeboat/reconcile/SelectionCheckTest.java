package lifeboat.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a selection names is there, or the selection is refused.
class SelectionCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    private final Map<TableName, TableFacts> tables = new LinkedHashMap<>();
    private Optional<Instant> newest = Optional.empty();

    @ParameterizedTest
    @CsvSource({
        "NUMBER, 1..10, true",
        "NUMBER, -1.5..10, true",
        "NUMBER, a..b, false",
        "NUMBER, '..10', false",
        "NUMBER, 1..b, false",
        "DATE, 2026-11-20..2026-11-21, true",
        "DATE, 2026-11-20 10:00..2026-11-20 11:00, true",
        "DATE, 20..21, false",
        "UUID, 0a..0f, true",
        "UUID, 0A..0F, false",
        "TEXT, a..b, true",
        "TEXT, 1..2, true",
        "EXACT, a..a, true",
        "EXACT, a..b, false",
        "NONE, a..a, false",
        "UNKNOWN, a..b, true",
    })
    void rangesFitTheKey(KeyForm form, String range, boolean fits) {
        tables.put(TableName.of("orders"), TableFacts.ofKey(form));
        Rules rules = rules(choice(List.of(), List.of("orders=" + range), List.of()));
        if (fits) {
            assertThatCode(() -> check(rules)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> check(rules))
                    .hasMessageContainingAll("LB-468", "--keys \"orders=" + range, form.allowed());
        }
    }

    @Test
    void tablesThatAreNotComparedAreNamedWithThoseThatAre() {
        tables.put(TableName.of("orders"), TableFacts.ofKey(KeyForm.NUMBER));
        assertThatThrownBy(() -> check(rules(choice(List.of("order"), List.of(), List.of()))))
                .hasMessageContainingAll("LB-468 --tables \"order\"", "orders");
        assertThatThrownBy(() -> check(rules(choice(List.of(), List.of("order=1..2"), List.of()))))
                .hasMessageContainingAll("LB-468 --keys \"order\"", "orders");
        assertThatThrownBy(
                        () -> check(rules(choice(List.of(), List.of(), List.of("order.created<2026-11-20T00:00:00Z")))))
                .hasMessageContainingAll("LB-468 --purged \"order\"", "orders");
    }

    @Test
    void purgesNameColumnsWithTimes() {
        columns("orders", "created", "note");
        assertThatCode(() -> check(rules(purge("created")))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(rules(purge("note"))))
                .hasMessageContainingAll("LB-468 --purged \"orders.note\"", "created");
        assertThatThrownBy(() -> check(rules(purge("gone")))).hasMessageContaining("LB-468");
    }

    @Test
    void whatExplainsIsAColumnOfSomeTable() {
        columns("orders", "created", "note");
        columns("items", "updated", "note");
        assertThatCode(() -> check(explainedBy("created, updated", false))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(explainedBy("created,updatd", false)))
                .hasMessageContainingAll("LB-409", "--explained-by", "\"updatd\"");
        assertThatThrownBy(() -> check(explainedBy("note", false))).hasMessageContaining("LB-409");
    }

    @Test
    void whereAStoreDoesNotTellItsColumnsTheCopyMustHaveATime() {
        tables.put(TableName.of("orders"), TableFacts.ofKey(KeyForm.TEXT));
        assertThatCode(() -> check(explainedBy("typo", false))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(explainedBy("typo", true))).hasMessageContaining("LB-409");
        newest = Optional.of(NOW);
        assertThatCode(() -> check(explainedBy("updatedAt", true))).doesNotThrowAnyException();
    }

    @Test
    void selectionIsRepeatedInWords() {
        Choice choice = new Choice(
                List.of("orders", "items"),
                List.of("missing", "changed"),
                List.of("orders=1..10", "orders=20..20"),
                Optional.of("2026-11-20T02:00:00Z/2026-11-20T02:30:00Z"),
                Choice.KEEP_LIVE,
                false,
                5,
                List.of("items.created<2026-11-01T00:00:00Z"),
                "--");
        Rules rules = choice.rules(TableName::of, NOW, Optional.of("updated"), Optional.empty());
        assertThat(SelectionText.of(rules, Disclosure.COUNTS))
                .contains("of orders only rows whose first key part lies in 2 ranges");
        assertThat(SelectionText.of(rules, Disclosure.KEYS))
                .containsExactly(
                        "only tables items, orders; no other was looked at",
                        "of orders only rows whose first key part lies in 1..10, 20..20",
                        "of every other table that is compared, all rows",
                        "only rows that are missing, changed",
                        "only rows whose last write lies from 2026-11-20T02:00:00Z to 2026-11-20T02:30:00Z, which is the damage",
                        "rows of items may be gone whose created is before 2026-11-01T00:00:00Z");
        assertThat(SelectionText.of(Rules.plain(NOW), Disclosure.KEYS)).containsExactly("everything");
    }

    private void columns(String table, String time, String other) {
        tables.put(TableName.of(table), new TableFacts(Optional.of(Set.of(time, other)), Set.of(time), KeyForm.NUMBER));
    }

    private void check(Rules rules) {
        new SelectionCheck(comparison(), "--").check(rules);
    }

    private static Choice purge(String column) {
        return choice(List.of(), List.of(), List.of("orders.%s<2026-11-20T00:00:00Z".formatted(column)));
    }

    private static Choice choice(List<String> tables, List<String> keys, List<String> purged) {
        return new Choice(tables, List.of(), keys, Optional.empty(), Choice.KEEP_LIVE, false, 5, purged, "--");
    }

    private static Rules rules(Choice choice) {
        return choice.rules(TableName::of, NOW, Optional.empty(), Optional.empty());
    }

    private static Rules explainedBy(String names, boolean repairWithoutTime) {
        Choice choice = new Choice(
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Choice.KEEP_LIVE,
                repairWithoutTime,
                5,
                List.of(),
                "--");
        return choice.rules(TableName::of, NOW, Optional.of(names), Optional.empty());
    }

    private Comparison comparison() {
        return (Comparison) Proxy.newProxyInstance(
                Comparison.class.getClassLoader(),
                new Class<?>[] {Comparison.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "tables" -> List.copyOf(tables.keySet());
                    case "facts" -> Optional.ofNullable(tables.get(given[0]));
                    case "newestInCopy" -> newest;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
