package lifeboat.local.bench;

import java.sql.SQLException;

/// The data of the benchmark: five tables with integer, composite and uuid keys, numeric, jsonb, timestamptz and text.
///
/// @param rows in all tables together
/// @param damage share of the rows that are damaged: six of ten changed, three deleted, one unexpected
record Shop(long rows, double damage) {
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

    /// Damages at random places, the same ones every time.
    void damage(Cluster cluster, String database) throws SQLException {
        long every = damage <= 0 ? Long.MAX_VALUE : Math.max(1, Math.round(1 / damage));
        cluster.sql(database, """
                UPDATE orders SET total = -1 WHERE hashint8(id) %% %1$d = 0;
                UPDATE prices SET price = 0 WHERE hashint4(article) %% %1$d = 0;
                UPDATE events SET body = 'damaged' WHERE hashtext(id::text) %% (%1$d * 2) = 0;
                DELETE FROM lines WHERE hashint8(order_id) %% %1$d = 1;
                INSERT INTO events SELECT md5('x' || i)::uuid, '2026-01-05', 'unexpected' FROM generate_series(1, %2$d) i""".formatted(every, damage <= 0 ? 0 : rows / every / 10), "CHECKPOINT");
    }
}
