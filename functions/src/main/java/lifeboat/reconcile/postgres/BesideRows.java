package lifeboat.reconcile.postgres;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.failure.Failure;
import lifeboat.integrity.sql.StructureComparison;
import lifeboat.integrity.sql.Unreadable;
import lifeboat.reconcile.StructureDifference;
import lifeboat.reconcile.StructureFindings;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.Column;
import lifeboat.reconcile.sql.StoreFailed;

/// Everything of two databases that is not rows: what differs, and what was not looked at.
final class BesideRows {
    private final Side copy;
    private final Side live;
    private final Schema schema;
    private final Set<TableName> only;

    /// @param only tables that were chosen; empty: all, and then everything else as well
    BesideRows(Side copy, Side live, Schema schema, Set<TableName> only) {
        this.copy = copy;
        this.live = live;
        this.schema = schema;
        this.only = only;
    }

    StructureFindings findings() {
        List<StructureDifference> differences = new ArrayList<>();
        List<String> notCompared = new ArrayList<>(StructureComparison.notCompared());
        try {
            structure(differences, notCompared);
            sequences(differences, notCompared);
        } catch (SQLException e) {
            throw new StoreFailed("reading what is beside the rows", e);
        }
        boolean generated = schema.liveTables().stream()
                .anyMatch(table -> !table.columns().stream().allMatch(Column::carriesData));
        if (generated) {
            notCompared.add("values of generated columns, which follow from the others");
        }
        notCompared.addAll(schema.uncovered());
        if (!only.isEmpty()) {
            notCompared.add("everything but the chosen tables and what belongs to them");
        }
        return new StructureFindings(differences, notCompared);
    }

    /// The settings that reading needs are given up with the savepoint.
    private void structure(List<StructureDifference> differences, List<String> notCompared) throws SQLException {
        onBoth("SAVEPOINT structure");
        try {
            StructureComparison.between(copy.lookup(), live.lookup()).stream()
                    .filter(this::isChosen)
                    .map(found -> new StructureDifference(
                            found.kind(), found.object(), oneLine(found.copy()), oneLine(found.live())))
                    .forEach(differences::add);
        } catch (Unreadable e) {
            if (e.getCause() instanceof SQLException cause && StoreFailed.isLost(cause)) {
                throw cause;
            }
            notCompared.add("definitions of tables, views, functions and all else: %s".formatted(Failure.text(e)));
        }
        onBoth("ROLLBACK TO SAVEPOINT structure");
    }

    private static Optional<String> oneLine(Optional<String> definition) {
        return definition.map(text -> text.replaceAll("\\s+", " "));
    }

    private void onBoth(String sql) throws SQLException {
        for (Side side : List.of(copy, live)) {
            try (Statement statement = side.lookup().createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /// What belongs to a table has its name before its own, or within its definition.
    private boolean isChosen(StructureComparison.Difference found) {
        return only.isEmpty()
                || only.stream().flatMap(table -> spellings(table).stream()).anyMatch(table -> belongs(found, table));
    }

    private static boolean belongs(StructureComparison.Difference found, String table) {
        String definition = found.live().or(found::copy).orElse("");
        return found.object().equals(table)
                || found.object().startsWith(table + ".")
                || found.object().contains(" of " + table + ".")
                || (found.kind().equals("index") && isOn(definition, table));
    }

    private static boolean isOn(String definition, String table) {
        return definition.contains(" ON " + table + " ") || definition.contains(" ON ONLY " + table + " ");
    }

    /// The server quotes a name where it must; which names it must, it knows best.
    private static List<String> spellings(TableName table) {
        return List.of(
                Quote.table(table),
                table.schema() + "." + table.name(),
                Quote.name(table.schema()) + "." + table.name(),
                table.schema() + "." + Quote.name(table.name()));
    }

    private void sequences(List<StructureDifference> differences, List<String> notCompared) throws SQLException {
        Map<TableName, SequenceState> before = SequenceState.all(copy.lookup());
        Map<TableName, SequenceState> now = SequenceState.all(live.lookup());
        Set<TableName> chosen = only.isEmpty() ? now.keySet() : new Sequences(live.lookup()).of(only);
        now.forEach((sequence, state) -> {
            SequenceState was = before.get(sequence);
            if (was == null || !chosen.contains(sequence)) {
                return;
            }
            if (state.at().isEmpty() || was.at().isEmpty()) {
                notCompared.add("position of sequence %s: the user needs USAGE or SELECT on it".formatted(sequence));
            } else if (state.isPassedBy(was)) {
                differences.add(new StructureDifference(
                        "position of sequence",
                        sequence.toString(),
                        Optional.of(was.at().get().toString()),
                        Optional.of(state.at().get().toString())));
            }
        });
    }
}
