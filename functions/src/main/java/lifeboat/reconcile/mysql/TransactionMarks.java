package lifeboat.reconcile.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lifeboat.reconcile.Fate;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.TransactionName;

/// A row in a table of our own for each transaction of a repair, written by that transaction: where the row is, the
/// transaction was committed. One more row tells that the run wrote there at all, so that a table which was emptied, or
/// belongs to another server, tells nothing.
final class TransactionMarks {
    private static final String DATABASE = "lifeboat";
    private static final String TABLE = "lifeboat.repair_transactions";
    private static final String CREATE_DATABASE = "CREATE DATABASE IF NOT EXISTS " + DATABASE;
    private static final String CREATE_TABLE = "CREATE TABLE IF NOT EXISTS " + TABLE
            + " (id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,"
            + " written_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP) ENGINE = InnoDB";

    /// No such database, no such table.
    private static final Set<Integer> ABSENT = Set.of(1049, 1146);

    private final Connection live;
    private final String run = UUID.randomUUID().toString();
    private boolean open;
    private long next;

    TransactionMarks(Connection live) {
        this.live = live;
    }

    /// Why no transaction can be marked. Writes nothing.
    Optional<Refusal> refuses() throws SQLException {
        try {
            ask("SELECT id FROM %s WHERE FALSE".formatted(TABLE));
            ask("INSERT INTO %1$s (id) SELECT id FROM %1$s WHERE FALSE".formatted(TABLE));
            return Optional.empty();
        } catch (SQLException e) {
            Grants grants = Grants.read(live).on(DATABASE);
            boolean creatable = ABSENT.contains(e.getErrorCode())
                    && grants.have("CREATE")
                    && grants.have("INSERT")
                    && grants.have("SELECT");
            if (creatable) {
                return Optional.empty();
            }
            if (!ABSENT.contains(e.getErrorCode()) && !MySqlErrors.isDenied(e)) {
                throw e;
            }
            return Optional.of(new Refusal(
                    "LB-485",
                    "the user of live cannot note in %s which transactions of the repair were committed"
                            .formatted(TABLE),
                    "have an administrator run: %s; %s; GRANT SELECT, INSERT ON %s TO the user of live"
                            .formatted(CREATE_DATABASE, CREATE_TABLE, TABLE)));
        }
    }

    private void ask(String sql) throws SQLException {
        try (Statement statement = live.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Before the first transaction, and outside any: makes the table where it is missing.
    void open() throws SQLException {
        if (open) {
            return;
        }
        try {
            mark(new TransactionName(run));
        } catch (SQLException e) {
            if (!ABSENT.contains(e.getErrorCode())) {
                throw e;
            }
            ask(CREATE_DATABASE);
            ask(CREATE_TABLE);
            mark(new TransactionName(run));
        }
        open = true;
    }

    /// A name for a transaction that is about to write.
    TransactionName name() {
        return new TransactionName(run + "/" + ++next);
    }

    /// Marks the transaction that is open.
    void mark(TransactionName name) throws SQLException {
        try (PreparedStatement statement = live.prepareStatement("INSERT INTO %s (id) VALUES (?)".formatted(TABLE))) {
            statement.setString(1, name.value());
            statement.executeUpdate();
        }
    }

    /// Whether the transaction that is open is the one of that name.
    boolean isOpen(TransactionName name) throws SQLException {
        return isMarked(name.value());
    }

    /// How a transaction ended. One that still runs holds its row, so that looking waits for it.
    Fate fate(TransactionName name) throws SQLException {
        String ofRun = name.value().replaceFirst("/.*", "");
        try {
            if (isMarked(name.value())) {
                return Fate.COMMITTED;
            }
            return isMarked(ofRun) ? Fate.ROLLED_BACK : Fate.UNKNOWN;
        } catch (SQLException e) {
            if (ABSENT.contains(e.getErrorCode()) || MySqlErrors.isBusy(e) || MySqlErrors.isDenied(e)) {
                return Fate.UNKNOWN;
            }
            throw e;
        }
    }

    private boolean isMarked(String id) throws SQLException {
        try (PreparedStatement statement =
                live.prepareStatement("SELECT 1 FROM %s WHERE id = ? LOCK IN SHARE MODE".formatted(TABLE))) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
