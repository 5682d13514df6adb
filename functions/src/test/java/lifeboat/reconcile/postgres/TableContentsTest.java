package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import lifeboat.integrity.AsRecorded;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.TableContent;
import lifeboat.reconcile.TableName;
import org.junit.jupiter.api.Test;

/// What a PostgreSQL table holds, recorded of live and compared with a copy.
class TableContentsTest {
    private static final TableName ORDERS = new TableName("public", "orders");
    private static final String TABLE = """
            CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, updated_at timestamptz);
            INSERT INTO orders SELECT i, i / 10.0, '2026-01-01Z'::timestamptz + i * interval '1 s' FROM generate_series(1, 2000) i""";

    @Test
    void contentIsTheSameInWhateverOrderTheRowsLie() throws SQLException {
        var databases = Databases.with(TABLE);
        databases.inLive("CREATE INDEX back ON orders (id DESC)", "CLUSTER orders USING back", "DROP INDEX back");

        assertThat(parts(databases.copyEndpoint())).isEqualTo(parts(databases.liveEndpoint()));
        assertThat(content(databases.copyEndpoint()).count()).isEqualTo(2000);
    }

    @Test
    void partKnowsItsNewestWriteWhereEveryRowTellsIt() throws SQLException {
        var databases = Databases.with(TABLE);
        databases.inLive("UPDATE orders SET updated_at = NULL WHERE id = 7");

        assertThat(newest(content(databases.copyEndpoint()))).contains(Instant.parse("2026-01-01T00:33:20Z"));
        assertThat(content(databases.liveEndpoint()).parts().stream()
                        .filter(part -> part.newest().isEmpty())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void changeThatTookNoTimeFailsTheCopy() throws SQLException {
        var databases = Databases.with(TABLE);
        var recorded = content(databases.liveEndpoint());
        databases.inCopy("UPDATE orders SET total = total + 0.0 WHERE id = 7");
        assertThat(outcome(recorded, databases)).isInstanceOf(Outcome.Passed.class);

        databases.inCopy("UPDATE orders SET total = trim_scale(total) WHERE id = 7");
        assertThat(outcome(recorded, databases)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void rowsThatSwapTheirValuesAreSeen() throws SQLException {
        var databases = Databases.with(TABLE);
        var recorded = content(databases.liveEndpoint());
        databases.inCopy(
                "UPDATE orders SET total = CASE id WHEN 1 THEN 0.2 ELSE 0.1 END, updated_at = '2026-01-01Z' WHERE id IN (1, 2)");

        assertThat(outcome(recorded, databases)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void laterWriteAndMissingRowProveNothing() throws SQLException {
        var databases = Databases.with(TABLE);
        var recorded = content(databases.liveEndpoint());
        databases.inCopy(
                "UPDATE orders SET total = 0, updated_at = now() WHERE id = 7", "DELETE FROM orders WHERE id = 8");

        assertThat(outcome(recorded, databases)).isInstanceOf(Outcome.Inconclusive.class);
    }

    @Test
    void tableOfAnotherFormIsNotCompared() throws SQLException {
        var databases = Databases.with(TABLE);
        var recorded = content(databases.liveEndpoint());
        databases.inCopy("ALTER TABLE orders ADD note text");

        assertThat(outcome(recorded, databases))
                .isInstanceOfSatisfying(
                        Outcome.Inconclusive.class,
                        unknown -> assertThat(unknown.seen()).contains("another rule"));
    }

    @Test
    void tableWithoutAKeyAndAnEmptyTableHaveAContent() throws SQLException {
        var databases = Databases.with("CREATE TABLE orders (a int); INSERT INTO orders VALUES (1), (1), (2)");
        assertThat(content(databases.copyEndpoint()).count()).isEqualTo(3);

        databases.inCopy("DELETE FROM orders");
        assertThat(content(databases.copyEndpoint()).parts()).isEqualTo(TableContent.nothing());
    }

    private static Outcome outcome(TableContent recorded, Databases databases) {
        return AsRecorded.outcome(
                "content",
                recorded,
                content(databases.copyEndpoint()),
                recorded.until().plusSeconds(3600));
    }

    private static Iterable<TableContent.Part> parts(Endpoint endpoint) {
        return content(endpoint).parts();
    }

    private static Optional<Instant> newest(TableContent content) {
        return content.parts().stream().reduce(TableContent.Part::plus).flatMap(TableContent.Part::newest);
    }

    private static TableContent content(Endpoint endpoint) {
        try (var contents = TableContents.open(endpoint, Optional.of("updated_at"))) {
            return contents.of(ORDERS);
        }
    }
}
