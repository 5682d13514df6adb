package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import lifeboat.reconcile.Fate;
import lifeboat.reconcile.TransactionName;
import org.junit.jupiter.api.Test;

/// How a transaction ended is said only by the server that ran it, and only while it is sure.
class TransactionNamesTest {
    @Test
    void aTransactionIsAskedForItsEndOnlyOfTheVeryServerThatRanIt() throws Exception {
        Databases databases = Databases.with("CREATE TABLE notes (id int)");
        try (Connection one = Databases.connect(databases.live);
                Connection other = Databases.connect(databases.live);
                Connection elsewhere = Databases.connect(databases.copy)) {
            var names = new TransactionNames(one);
            one.setAutoCommit(false);
            TransactionName committed = begun(one, names);
            assertThat(new TransactionNames(other).fate(committed)).isEqualTo(Fate.UNKNOWN);
            one.commit();
            TransactionName aborted = begun(one, names);
            one.rollback();
            one.setAutoCommit(true);
            assertThat(names.fate(committed)).isEqualTo(Fate.COMMITTED);
            assertThat(names.fate(aborted)).isEqualTo(Fate.ROLLED_BACK);
            assertThat(new TransactionNames(elsewhere).fate(committed)).isEqualTo(Fate.UNKNOWN);
            for (String name : List.of(
                    committed.value().replaceAll("postgresql \\d+", "postgresql 77"),
                    committed.value().replaceAll("timeline \\d+", "timeline 77"),
                    committed.value().replaceAll("since [\\d.]+", "since 1700000000.000000"),
                    committed.value() + "0000000",
                    committed.value() + " OR 1",
                    "postgresql")) {
                assertThat(names.fate(new TransactionName(name))).as(name).isEqualTo(Fate.UNKNOWN);
            }
        }
    }

    private static TransactionName begun(Connection connection, TransactionNames names) throws SQLException {
        TransactionName name = names.current();
        try (var statement = connection.createStatement()) {
            statement.execute("INSERT INTO notes VALUES (1)");
        }
        return name;
    }
}
