package lifeboat.local.bench;

import java.sql.SQLException;
import java.util.List;

/// The data of the benchmark: five tables with integer, composite and uuid keys, numeric, jsonb, timestamptz and text.
///
/// @param rows in all tables together
record Shop(long rows) {
    static final List<String> TABLES = List.of("customers", "orders", "lines", "events", "prices");

    /// What hashes are taken modulo, to hit a share of the rows.
    private static final int PARTS = 1_000_000;

    void load(Cluster cluster, String database) throws SQLException {
        cluster.sql("postgres", "CREATE DATABASE " + database);
        long tenth = Math.max(10, rows / 10);
        cluster.sql(database, """
                CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text, created timestamptz NOT NULL);
                INSERT INTO customers SELECT i, 'c' || i || '@example.com', md5(i::text), '2026-01-01'::timestamptz + i * interval '1 s'
                  FROM generate_series(1, %1$d) i;
                CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint NOT NULL REFERENCES customers, total numeric(12,2) NOT NULL,
                  status text NOT NULL, doc jsonb, updated_at timestamptz NOT NULL);
                INSERT INTO orders SELECT i, 1 + (i * 7919) %% %1$d, (i %% 100000) / 100.0, (array['new', 'paid', 'sent'])[1 + i %% 3],
                  jsonb_build_object('n', i, 't', md5(i::text)), '2026-01-01'::timestamptz + i * interval '0.5 s'
                  FROM generate_series(1, %1$d * 3::bigint) i;
                CREATE TABLE lines (order_id bigint NOT NULL REFERENCES orders, no int NOT NULL, what text NOT NULL, price numeric(10,2),
                  PRIMARY KEY (order_id, no));
                INSERT INTO lines SELECT 1 + i / 2, i %% 2, 'article ' || i %% 5000, (i %% 10000) / 100.0
                  FROM generate_series(0, %1$d * 4::bigint - 1) i;
                CREATE TABLE events (id uuid PRIMARY KEY, at timestamptz NOT NULL, body text);
                INSERT INTO events SELECT md5(i::text)::uuid, '2026-01-01'::timestamptz + i * interval '0.1 s', repeat(md5(i::text), 2)
                  FROM generate_series(1, %1$d) i;
                CREATE TABLE prices (article int PRIMARY KEY, price numeric(10,2), valid daterange);
                INSERT INTO prices SELECT i, i / 100.0, daterange('2026-01-01', NULL) FROM generate_series(1, %1$d) i""".formatted(tenth), "VACUUM ANALYZE", "CHECKPOINT");
    }

    /// Damages at random places, the same ones every time: of ten damaged rows six are changed, three deleted and one
    /// unexpected.
    ///
    /// @param share of all rows; above two thirds, every row of the changed tables is
    void damage(Cluster cluster, String database, double share) throws SQLException {
        cluster.sql(
                database,
                """
                UPDATE orders SET total = -1 WHERE %1$s;
                UPDATE prices SET price = -1 WHERE %2$s;
                DELETE FROM lines WHERE %3$s;
                INSERT INTO events SELECT md5('x' || i)::uuid, '2026-01-05', 'unexpected' FROM generate_series(1, %4$d) i""".formatted(
                                hit("id", 1.5 * share),
                                hit("article", 1.5 * share),
                                hit("order_id * 2 + no", 0.75 * share),
                                Math.round(rows * share / 10)),
                "CHECKPOINT");
    }

    private static String hit(String key, double share) {
        return "(hashint8extended(%s, 20261126) & 1073741823) %% %d < %d"
                .formatted(key, PARTS, Math.round(share * PARTS));
    }
}
