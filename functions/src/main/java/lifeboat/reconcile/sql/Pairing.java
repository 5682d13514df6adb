package lifeboat.reconcile.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TableOutcome;
import lifeboat.reconcile.TableOutcome.NotCompared;
import lifeboat.reconcile.TableOutcome.Why;

/// The tables of both sides, side by side: those that can be compared, and those that can only be told.
///
/// @param pairs can be compared
/// @param others cannot, each with its reason
public record Pairing(List<TablePair> pairs, List<NotCompared> others) {
    public Pairing {
        pairs = List.copyOf(pairs);
        others = List.copyOf(others);
    }

    /// Puts tables of the same name side by side.
    public static Pairing of(List<Table> copy, List<Table> live) {
        Map<TableName, Table> copies = byName(copy);
        Map<TableName, Table> lives = byName(live);
        List<TablePair> pairs = new ArrayList<>();
        List<NotCompared> others = new ArrayList<>();
        var names = new TreeSet<>(copies.keySet());
        names.addAll(lives.keySet());
        for (TableName name : names) {
            Optional<Table> left = Optional.ofNullable(copies.get(name));
            Optional<Table> right = Optional.ofNullable(lives.get(name));
            Optional<NotCompared> other = obstacle(name, left, right);
            other.ifPresentOrElse(others::add, () -> pairs.add(pair(left.orElseThrow(), right.orElseThrow())));
        }
        return new Pairing(pairs, others);
    }

    private static Map<TableName, Table> byName(List<Table> tables) {
        return tables.stream().collect(Collectors.toMap(Table::name, Function.identity()));
    }

    private static Optional<NotCompared> obstacle(TableName name, Optional<Table> copy, Optional<Table> live) {
        if (copy.isEmpty()) {
            return Optional.of(new NotCompared(name, Why.ONLY_IN_LIVE, "the copy has no such table"));
        }
        if (live.isEmpty()) {
            return Optional.of(new NotCompared(
                    name,
                    Why.ONLY_IN_COPY,
                    "live has no such table: create it from the copy's schema, then compare again"));
        }
        return unreadable(copy.get(), "copy")
                .or(() -> unreadable(live.get(), "live"))
                .or(() -> shape(copy.get(), live.get()));
    }

    private static Optional<NotCompared> unreadable(Table table, String side) {
        return switch (table.obstacle()) {
            case NONE -> Optional.empty();
            case NOT_PERMITTED ->
                Optional.of(new NotCompared(
                        table.name(), Why.NOT_PERMITTED, "the user may not SELECT from it in the " + side));
            case UNLOGGED ->
                Optional.of(new NotCompared(
                        table.name(),
                        Why.UNSUPPORTED,
                        "it is unlogged in the %s: a restore empties such tables".formatted(side)));
        };
    }

    private static Optional<NotCompared> shape(Table copy, Table live) {
        Map<String, Column> copies = named(copy);
        Map<String, Column> lives = named(live);
        List<String> differences = new ArrayList<>();
        var names = new TreeSet<>(copies.keySet());
        names.addAll(lives.keySet());
        for (String name : names) {
            String left = describe(copies.get(name));
            String right = describe(lives.get(name));
            if (!left.equals(right)) {
                differences.add("column \"%s\": %s in the copy, %s in live".formatted(name, left, right));
            }
        }
        if (copy.columns().stream().noneMatch(Column::carriesData)) {
            differences.add("it has no columns to compare");
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new NotCompared(live.name(), Why.SCHEMA_DIFFERS, String.join("; ", differences)));
    }

    private static String describe(@org.jspecify.annotations.Nullable Column column) {
        if (column == null) {
            return "absent";
        }
        return column.carriesData() ? column.type() : column.type() + " generated";
    }

    private static Map<String, Column> named(Table table) {
        return table.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
    }

    private static TablePair pair(Table copy, Table live) {
        Map<String, Column> columns = named(live);
        List<Column> data = live.columns().stream().filter(Column::carriesData).toList();
        var inCopy = copy.uniqueKeys().stream().map(HashSet::new).collect(Collectors.toSet());
        List<Column> key = live.uniqueKeys().stream()
                .filter(names -> inCopy.contains(new HashSet<>(names)))
                .filter(names ->
                        names.stream().allMatch(name -> column(columns, name).carriesData()))
                .findFirst()
                .orElse(List.of())
                .stream()
                .map(name -> column(columns, name))
                .toList();
        return new TablePair(
                live.name(), live.columns(), data, key, Math.max(copy.pages(), live.pages()), live.deferrable());
    }

    private static Column column(Map<String, Column> columns, String name) {
        return Optional.ofNullable(columns.get(name)).orElseThrow();
    }

    /// Outcomes of what cannot be compared.
    public List<TableOutcome> told() {
        return List.copyOf(others);
    }
}
