package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lifeboat.reconcile.Chunk;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// Finds out by statements that touch no row whether the user of live may carry out a plan, and take it back again.
final class Rights {
    private final Connection live;
    private final MySqlSchema schema;

    Rights(Connection live, MySqlSchema schema) {
        this.live = live;
        this.schema = schema;
    }

    /// All missing rights at once, so that they are granted once.
    ///
    /// @param blind whether triggers may fire that the user does not see
    Optional<Refusal> refuses(RepairPlan plan, boolean blind) throws SQLException {
        var missing = new TreeSet<String>();
        Grants grants = Grants.read(live);
        if (!blind && !plan.chunks().isEmpty() && !grants.have("TRIGGER")) {
            missing.add("TRIGGER on %s.*, without which no trigger is seen (or say --triggers=fire)"
                    .formatted(grants.database()));
        }
        for (Chunk chunk : plan.chunks()) {
            for (Probe probe : probes(schema.pair(chunk.table()), chunk.kind())) {
                if (!permits(probe.sql)) {
                    missing.add(probe.right);
                }
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                "LB-427",
                                "the user of live misses %s".formatted(String.join(", ", missing)),
                                "grant them, or connect as another user; inserts, changes and deletes are needed for the undo too"));
    }

    /// A statement that asks for a right.
    private record Probe(String right, String sql) {}

    private List<Probe> probes(TablePair table, DifferenceClass kind) {
        String name = RowText.table(table.name());
        String columns = columns(table, column -> column);
        List<Probe> probes = new ArrayList<>();
        if (table.hasKey() && kind == DifferenceClass.CHANGED) {
            String same = columns(table, column -> column + " = " + column);
            probes.add(new Probe("UPDATE on " + table.name(), "UPDATE %s SET %s WHERE FALSE".formatted(name, same)));
        } else {
            probes.add(new Probe(
                    "INSERT on " + table.name(),
                    "INSERT INTO %1$s (%2$s) SELECT %2$s FROM %1$s WHERE FALSE".formatted(name, columns)));
            probes.add(new Probe("DELETE on " + table.name(), "DELETE FROM %s WHERE FALSE".formatted(name)));
        }
        for (ForeignKey key : schema.foreignKeys()) {
            if (key.parent().equals(table.name())) {
                probes.add(reading(key.child(), key.childColumns()));
            } else if (key.child().equals(table.name())) {
                probes.add(reading(key.parent(), key.parentColumns()));
            }
        }
        return probes;
    }

    /// The other side of a foreign key is looked at before each write.
    private static Probe reading(TableName other, List<String> columns) {
        String names = columns.stream().map(RowText::name).collect(Collectors.joining(", "));
        return new Probe("SELECT on " + other, "SELECT %s FROM %s WHERE FALSE".formatted(names, RowText.table(other)));
    }

    private static String columns(TablePair table, java.util.function.UnaryOperator<String> each) {
        return table.columns().stream()
                .map(column -> each.apply(RowText.name(column.name())))
                .collect(Collectors.joining(", "));
    }

    private boolean permits(String sql) throws SQLException {
        try (Statement statement = live.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            if (MySqlErrors.isDenied(e)) {
                return false;
            }
            throw e;
        }
    }
}
