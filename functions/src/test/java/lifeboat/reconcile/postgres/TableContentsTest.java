package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.integrity.AsRecorded;
import lifeboat.integrity.Outcome;
import lifeboat.integrity.Sketch;
import lifeboat.integrity.Subject;
import lifeboat.integrity.TableContent;
import lifeboat.reconcile.TableName;
import lifeboat.restore.CopyName;
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
        assertThat(content(databases.copyEndpoint()).sketch())
                .isEqualTo(content(databases.liveEndpoint()).sketch());
        assertThat(content(databases.copyEndpoint()).count()).isEqualTo(2000);
    }

    @Test
    void newestWriteIsKnown() throws SQLException {
        var databases = Databases.with(TABLE);
        databases.inLive("UPDATE orders SET updated_at = NULL WHERE id = 2000");
        assertThat(content(databases.copyEndpoint()).newest()).contains(Instant.parse("2026-01-01T00:33:20Z"));
        assertThat(content(databases.liveEndpoint()).newest()).contains(Instant.parse("2026-01-01T00:33:19Z"));
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
    void laterWriteExplainsItsOwnRowOnly() throws SQLException {
        var databases = Databases.with(TABLE);
        var recorded = content(databases.liveEndpoint());
        databases.inCopy("UPDATE orders SET total = 0, updated_at = now() + interval '2 min' WHERE id = 7");
        assertThat(outcome(recorded, databases)).isInstanceOf(Outcome.Observed.class);
        databases.inCopy("DELETE FROM orders WHERE id = 8");
        assertThat(outcome(recorded, databases)).isInstanceOf(Outcome.Inconclusive.class);
        databases.inCopy("UPDATE orders SET total = 0 WHERE id = 9");
        assertThat(outcome(recorded, databases)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void whatIsNotReadIsKnownByName() throws SQLException {
        var databases = Databases.with(
                TABLE + "; CREATE MATERIALIZED VIEW big AS SELECT * FROM orders; CREATE UNLOGGED TABLE seen (id int);"
                        + " CREATE TABLE days (day date) PARTITION BY RANGE (day);"
                        + " CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')");
        try (var contents = TableContents.open(databases.liveEndpoint(), Optional.empty())) {
            assertThat(contents.tables())
                    .isEqualTo(Map.of(
                            ORDERS,
                            Optional.empty(),
                            new TableName("public", "big"),
                            Optional.of("a materialized view"),
                            new TableName("public", "seen"),
                            Optional.of("unlogged, so every restore empties it"),
                            new TableName("public", "days"),
                            Optional.of("its rows are in its partitions"),
                            new TableName("public", "days_1"),
                            Optional.empty()));
            assertThat(contents.of(new TableName("public", "big"), Optional.empty())
                            .rule())
                    .isEqualTo("presence only: a materialized view");
        }
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
        assertThat(content(databases.copyEndpoint()).sketch()).isEqualTo(new Sketch());
        assertThat(content(databases.copyEndpoint()).count()).isZero();
    }

    private static Outcome outcome(TableContent recorded, Databases databases) {
        var point = recorded.until().plusSeconds(3600);
        var subject = new Subject(
                new Resource.DynamoDbTable(new ResourceName("orders"), "orders", Optional.empty(), List.of()),
                new CopyName("lifeboat-drill-1-orders"),
                point,
                point,
                Subject.LiveTrust.ABSENT);
        var since = new TableContent.Since(recorded.until().plusSeconds(60), point.plusSeconds(60));
        return AsRecorded.outcome("content", recorded, content(databases.copyEndpoint(), Optional.of(since)), subject);
    }

    private static TableContent content(Endpoint endpoint) {
        return content(endpoint, Optional.empty());
    }

    private static TableContent content(Endpoint endpoint, Optional<TableContent.Since> since) {
        try (var contents = TableContents.open(endpoint, Optional.of("updated_at"))) {
            return contents.of(ORDERS, since);
        }
    }
}
