package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lifeboat.failure.sql.SqlFailure;
import lifeboat.reconcile.Chunk;
import lifeboat.reconcile.DifferenceClass;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.sql.StoreFailed;
import lifeboat.reconcile.sql.Table;
import lifeboat.reconcile.sql.Triggers;

/// Everything that would stop a repair half-way, asked before its first write.
final class Preflight {
    private final Connection live;
    private final Schema schema;
    private final Triggers triggers;
    private final Map<TableName, SequenceState> inCopy;

    /// @param inCopy where the copy's sequences stand
    Preflight(Connection live, Schema schema, Triggers triggers, Map<TableName, SequenceState> inCopy) {
        this.live = live;
        this.schema = schema;
        this.triggers = triggers;
        this.inCopy = inCopy;
    }

    Optional<Refusal> refuses(RepairPlan plan) throws SQLException {
        Optional<Refusal> refusal = readOnly()
                .or(() -> rewritten(plan))
                .or(() -> undecided(plan))
                .or(() -> unstoppable(plan))
                .or(() -> missing(plan));
        if (refusal.isPresent()) {
            return refusal;
        }
        Optional<Refusal> uncounted = uncounted(plan);
        if (uncounted.isPresent()) {
            return uncounted;
        }
        Optional<Refusal> unchecked = replica();
        return unchecked.isPresent() ? unchecked : notTheirOwner(plan);
    }

    private Optional<Refusal> readOnly() throws SQLException {
        String answer =
                Side.one(live, "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool");
        return answer.equals("t")
                ? Optional.of(new Refusal(
                        "LB-425",
                        "live is read-only: a replica, or default_transaction_read_only is on",
                        "connect to the writer"))
                : Optional.empty();
    }

    private Optional<Refusal> rewritten(RepairPlan plan) {
        List<String> ruled = planned(plan, Table::rewritten);
        return ruled.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "LB-426",
                        "rewrite rules of %s change what a write does".formatted(String.join(", ", ruled)),
                        "leave these tables out with --tables, or drop the rules for the time of the repair"));
    }

    private Optional<Refusal> undecided(RepairPlan plan) {
        List<String> tables = planned(plan, table -> !table.triggers().isEmpty());
        return triggers != Triggers.ASK || tables.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "LB-424",
                        "triggers of %s would fire".formatted(String.join(", ", tables)),
                        "say --triggers=off to repair without them, or --triggers=fire to let them do what they do"));
    }

    private List<String> planned(RepairPlan plan, Predicate<Table> which) {
        var tables = new TreeSet<TableName>();
        plan.chunks().forEach(chunk -> tables.add(chunk.table()));
        return schema.liveTables().stream()
                .filter(table -> tables.contains(table.name()))
                .filter(which)
                .map(Preflight::withTriggers)
                .toList();
    }

    private static String withTriggers(Table table) {
        var names = new TreeSet<>(table.triggers());
        names.addAll(table.unstoppableTriggers());
        return names.isEmpty() ? table.name().toString() : "%s (%s)".formatted(table.name(), String.join(", ", names));
    }

    /// Tables that rows come to, or change in: their sequences may have to be moved.
    static Set<TableName> filled(RepairPlan plan) {
        return plan.chunks().stream()
                .filter(chunk -> chunk.kind() != DifferenceClass.UNEXPECTED_IN_LIVE)
                .map(Chunk::table)
                .collect(Collectors.toSet());
    }

    private Optional<Refusal> missing(RepairPlan plan) {
        Set<TableName> tables = plan.chunks().stream().map(Chunk::table).collect(Collectors.toSet());
        List<String> missing = new Rights(live, schema.foreignKeys()).missing(tables, filled(plan), inCopy);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                "LB-427",
                                "the user of live misses %s".formatted(String.join(", ", missing)),
                                "grant them, or connect as another user; inserts, changes and deletes are needed for the undo too"));
    }

    /// Triggers of which the owner said that they fire always: `--triggers=off` is no word against that.
    private Optional<Refusal> unstoppable(RepairPlan plan) {
        List<String> tables =
                planned(plan, table -> !table.unstoppableTriggers().isEmpty());
        return triggers != Triggers.OFF || tables.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "LB-436",
                        "triggers of %s are ENABLE ALWAYS: --triggers=off leaves them on"
                                .formatted(String.join(", ", tables)),
                        "say --triggers=fire to let them do what they do, or disable them for the time of the repair"));
    }

    /// Switches them off and on again, as a trial that is rolled back.
    private Optional<Refusal> notTheirOwner(RepairPlan plan) throws SQLException {
        Set<TableName> tables = plan.chunks().stream().map(Chunk::table).collect(Collectors.toSet());
        if (triggers != Triggers.OFF) {
            return Optional.empty();
        }
        try {
            live.setAutoCommit(false);
            new UserTriggers(live).off(tables);
            return Optional.empty();
        } catch (TableHeld held) {
            return Optional.empty(); // it may be free when its turn comes; else its rows are reported as locked
        } catch (SQLException e) {
            if (StoreFailed.isLost(e)) {
                throw e;
            }
            return Optional.of(new Refusal(
                    "LB-428",
                    "--triggers=off is not permitted: " + SqlFailure.text(e),
                    "connect as the owner of these tables, or say --triggers=fire"));
        } finally {
            live.rollback();
            live.setAutoCommit(true);
        }
    }

    /// What triggers write besides is known by the server's counts alone.
    private Optional<Refusal> uncounted(RepairPlan plan) throws SQLException {
        List<String> tables = planned(plan, table -> !table.triggers().isEmpty());
        boolean blind = triggers == Triggers.FIRE
                && !tables.isEmpty()
                && Side.one(live, "SELECT current_setting('track_counts')").equals("off");
        return blind
                ? Optional.of(new Refusal(
                        "LB-491",
                        "track_counts is off: nobody could say what triggers of %s write besides"
                                .formatted(String.join(", ", tables)),
                        "switch track_counts on, or say --triggers=off"))
                : Optional.empty();
    }

    /// Such a session checks neither foreign keys nor constraints that are judged late, whoever set it so.
    private Optional<Refusal> replica() throws SQLException {
        return Side.one(live, "SELECT current_setting('session_replication_role')")
                        .equals("replica")
                ? Optional.of(new Refusal(
                        "LB-490",
                        "session_replication_role is replica for the user of live: it checks no foreign keys",
                        "connect as another user, or reset the setting of the role or the database"))
                : Optional.empty();
    }
}
