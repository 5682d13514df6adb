package lifeboat.reconcile.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lifeboat.reconcile.BatchOutcome;
import lifeboat.reconcile.BatchOutcome.Skipped;
import lifeboat.reconcile.BatchOutcome.Why;
import lifeboat.reconcile.RowKey;
import lifeboat.reconcile.UndoRow;
import lifeboat.reconcile.sql.ForeignKey;
import lifeboat.reconcile.sql.TablePair;

/// Writes rows of a table without a key: as many equal rows as there should be, while nobody else writes the table.
final class KeylessBatch implements Batch {
    private final Connection live;
    private final TablePair table;
    private final List<ForeignKey> keys;

    /// @param keys live's foreign keys
    KeylessBatch(Connection live, TablePair table, List<ForeignKey> keys) {
        this.live = live;
        this.table = table;
        this.keys = keys;
    }

    @Override
    public BatchOutcome write(List<Change> changes, Note note, UndoRecorder recorder) throws SQLException {
        try (Statement statement = live.createStatement()) {
            statement.execute("LOCK TABLE ONLY %s IN SHARE ROW EXCLUSIVE MODE".formatted(Quote.table(table.name())));
        } catch (SQLException e) {
            throw Transactions.isBusy(e) ? new TableHeld(table.name(), e) : e;
        }
        Map<String, Held> held = held(changes);
        List<Skipped> skipped = new ArrayList<>();
        List<Change> due = new ArrayList<>();
        long alreadyDone = 0;
        for (Change change : changes) {
            long count =
                    held.getOrDefault(digest(change), Held.NOTHING).places().size();
            if (count == change.targetCount()) {
                alreadyDone += change.rows();
            } else if (count == change.expectedCount()) {
                due.add(change);
            } else {
                skipped.add(new Skipped(change.key(), Why.LIVE_CHANGED_SINCE));
            }
        }
        Set<RowKey> referred = referred(due, held);
        due.removeIf(change -> referred.contains(change.key()));
        referred.forEach(key -> skipped.add(new Skipped(key, Why.REFUSED_BY_CONSTRAINT)));
        recorder.keep(note, due.stream().map(change -> undoRow(change, held)).toList());
        for (Change change : due) {
            write(change, held.getOrDefault(digest(change), Held.NOTHING));
        }
        long inserted =
                due.stream().mapToLong(Change::more).filter(more -> more > 0).sum();
        long deleted =
                -due.stream().mapToLong(Change::more).filter(more -> more < 0).sum();
        recorder.wrote(table.name(), inserted, 0, deleted);
        confirm(due);
        return new BatchOutcome(due.stream().mapToLong(Change::rows).sum(), alreadyDone, skipped);
    }

    /// Rows that would go, and with them what refers to them. A foreign key may refer to unique values that can
    /// be NULL, by which rows are not told apart here. They are locked first, so that nobody comes to refer to
    /// them meanwhile.
    private Set<RowKey> referred(List<Change> due, Map<String, Held> held) throws SQLException {
        List<ForeignKey> changing = keys.stream()
                .filter(key -> key.parent().equals(table.name()) && key.changesChildren())
                .toList();
        List<String> going = due.stream()
                .map(change -> new Surplus(change, held.getOrDefault(digest(change), Held.NOTHING)))
                .filter(surplus -> surplus.rows() > 0)
                .flatMap(surplus -> surplus.held().places().stream())
                .toList();
        Set<RowKey> referred = new HashSet<>();
        if (changing.isEmpty() || going.isEmpty()) {
            return referred;
        }
        String chosen = "FROM ONLY %s AS t WHERE t.ctid = ANY (?::tid[])".formatted(Quote.table(table.name()));
        texts("SELECT 'locked' %s FOR UPDATE".formatted(chosen), going);
        for (ForeignKey key : changing) {
            String refers = "SELECT DISTINCT %s %s AND EXISTS (SELECT 1 FROM %s AS c WHERE %s)"
                    .formatted(
                            RowHash.digest(table), chosen, Quote.table(key.child()), RowQueries.refers(key, "c", "t"));
            texts(refers, going).forEach(digest -> referred.add(RowKey.of(digest)));
        }
        return referred;
    }

    /// How many equal rows are too many.
    private record Surplus(Change change, Held held) {
        long rows() {
            return held.places().size() - change.targetCount();
        }
    }

    private List<String> texts(String sql, List<String> values) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = live.prepareStatement(sql)) {
            statement.setArray(1, live.createArrayOf("text", values.toArray(String[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        }
        return texts;
    }

    private static String digest(Change change) {
        return change.key().parts().getFirst();
    }

    private static UndoRow undoRow(Change change, Map<String, Held> held) {
        Held rows = held.getOrDefault(digest(change), Held.NOTHING);
        Optional<String> text = change.text().or(rows::text);
        Optional<String> digest = Optional.of(digest(change));
        return new UndoRow(change.key(), text, digest, rows.places().size(), digest, change.targetCount());
    }

    private void write(Change change, Held rows) throws SQLException {
        int surplus = rows.places().size() - Math.toIntExact(change.targetCount());
        if (surplus > 0) {
            delete(rows.places().subList(0, surplus));
        } else {
            insert(Collections.nCopies(-surplus, change.text().or(rows::text).orElseThrow()));
        }
    }

    private void delete(List<String> places) throws SQLException {
        String sql = "DELETE FROM ONLY %s AS t WHERE t.ctid = ANY (?::tid[])".formatted(Quote.table(table.name()));
        run(sql, places);
    }

    private void insert(List<String> texts) throws SQLException {
        run(new RowQueries(table).insertAll(), texts);
    }

    private void run(String sql, List<String> values) throws SQLException {
        execute(Session.AS_THE_OWNER_MEANT);
        try (PreparedStatement statement = live.prepareStatement(sql)) {
            statement.setArray(1, live.createArrayOf("text", values.toArray(String[]::new)));
            statement.executeUpdate();
        }
        execute(Session.UNAMBIGUOUS);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = live.createStatement()) {
            statement.execute(sql);
        }
    }

    private void confirm(List<Change> due) throws SQLException {
        Map<String, Held> now = due.isEmpty() ? Map.of() : held(due);
        Set<RowKey> others = due.stream()
                .filter(change ->
                        now.getOrDefault(digest(change), Held.NOTHING).places().size() != change.targetCount())
                .map(Change::key)
                .collect(Collectors.toSet());
        if (!others.isEmpty()) {
            throw new Withdrawn(table.name(), others, Why.REWRITTEN_BY_TRIGGER);
        }
    }

    private Map<String, Held> held(List<Change> changes) throws SQLException {
        return held(live, table, changes.stream().map(KeylessBatch::digest).toList());
    }

    /// Rows by their digest, found in one scan of the table.
    static Map<String, Held> held(Connection connection, TablePair table, List<String> digests) throws SQLException {
        String sql =
                "SELECT s.d, s.place, s.text FROM (SELECT %s AS d, t.ctid::text AS place, %s AS text FROM ONLY %s AS t OFFSET 0) AS s WHERE s.d = ANY (?)"
                        .formatted(RowHash.digest(table), RowHash.text(table), Quote.table(table.name()));
        Map<String, Held> held = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", digests.toArray(String[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String text = row.getString(3);
                    held.computeIfAbsent(row.getString(1), digest -> new Held(new ArrayList<>(), Optional.of(text)))
                            .places()
                            .add(row.getString(2));
                }
            }
        }
        return held;
    }

    /// Equal rows.
    ///
    /// @param places where each of them lies
    /// @param text of any of them; empty where there is none
    record Held(List<String> places, Optional<String> text) {
        static final Held NOTHING = new Held(List.of(), Optional.empty());
    }
}
