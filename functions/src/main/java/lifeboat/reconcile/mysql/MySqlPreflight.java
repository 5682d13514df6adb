package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lifeboat.reconcile.Chunk;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.PlannedStores;
import lifeboat.reconcile.sql.Triggers;

/// Everything that speaks against a repair of a MySQL or MariaDB database, found before the first write.
///
/// @param triggers what happens to triggers
/// @param marks where transactions are to be noted
record MySqlPreflight(Connection copy, Connection live, MySqlSchema schema, Triggers triggers, TransactionMarks marks) {
    /// A reason, or none.
    private interface Check {
        Optional<Refusal> refuses() throws SQLException;
    }

    /// The first reason; empty: none.
    Optional<Refusal> refuses(RepairPlan plan) throws SQLException {
        Set<TableName> planned = new TreeSet<>();
        plan.chunks().stream().map(Chunk::table).forEach(planned::add);
        List<Check> checks = List.of(
                () -> PlannedStores.other("copy", plan.header().copy(), MySqlEndpoint.identity(copy)),
                () -> PlannedStores.changed(plan, schema.digest()),
                () -> triggered(planned),
                () -> unsafe(planned),
                this::readOnly,
                () -> PlannedStores.other("live", plan.header().live(), MySqlEndpoint.identity(live)),
                () -> new Rights(live, schema).refuses(plan, triggers == Triggers.FIRE),
                () -> planned.isEmpty() ? Optional.empty() : new UnseenReferences(live).refuses(),
                () -> planned.isEmpty() ? Optional.empty() : marks.refuses());
        for (Check check : checks) {
            Optional<Refusal> refusal = check.refuses();
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> triggered(Set<TableName> planned) {
        List<String> tables = schema.liveTables().stream()
                .filter(table ->
                        planned.contains(table.name()) && !table.triggers().isEmpty())
                .map(table -> "%s (%s)".formatted(table.name(), String.join(", ", new TreeSet<>(table.triggers()))))
                .toList();
        return switch (triggers) {
            case FIRE -> Optional.empty();
            case ASK ->
                tables.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Refusal(
                                "LB-424",
                                "triggers of %s would fire".formatted(String.join(", ", tables)),
                                "say --triggers=fire to let them do what they do; this store cannot switch them off"));
            case OFF ->
                tables.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Refusal(
                                "LB-428",
                                "--triggers=off is not possible on this store",
                                "say --triggers=fire, or drop them meanwhile"));
        };
    }

    /// A table without transactions cannot be repaired safely: a batch that fails half-way would stay half-done.
    private Optional<Refusal> unsafe(Set<TableName> planned) throws SQLException {
        String query =
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND engine <> 'InnoDB'";
        try (Statement statement = live.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> tables = new ArrayList<>();
            while (row.next()) {
                if (planned.contains(TableName.of(row.getString(1)))) {
                    tables.add(row.getString(1));
                }
            }
            return tables.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            "LB-430",
                            "tables %s have no transactions".formatted(tables),
                            "leave them out with --tables, or turn them into InnoDB tables"));
        }
    }

    private Optional<Refusal> readOnly() throws SQLException {
        return MySqlEndpoint.one(live, "SELECT CONCAT(@@read_only, ' ', @@innodb_read_only)")
                        .matches("(0|OFF) (0|OFF)")
                ? Optional.empty()
                : Optional.of(new Refusal("LB-425", "live is read-only", "connect to the writer"));
    }
}
