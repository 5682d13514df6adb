package lifeboat.local.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Queries that read every row of both databases, one session a side at the same time.
record SideBySide(Cluster copy, Cluster live) {
    private static final int BLOCK_ROWS = 10_000;

    /// The least that any look at every row can cost.
    void count() throws Exception {
        both(table -> "SELECT count(*) FROM " + table);
    }

    /// What is usual: blocks of rows in the order of the key, each hashed as one text.
    void blocks() throws Exception {
        both(table -> """
                SELECT max(h::text) FROM (SELECT n / %d AS block, sha256(convert_to(string_agg(line, '' ORDER BY n), 'UTF8')) AS h
                FROM (SELECT row_number() OVER (ORDER BY %s) AS n, t::text AS line FROM %s AS t) AS s GROUP BY 1) AS b""".formatted(BLOCK_ROWS, key(table), table));
    }

    private static String key(String table) {
        return switch (table) {
            case "lines" -> "order_id, no";
            case "prices" -> "article";
            default -> "id";
        };
    }

    private void both(Query query) throws Exception {
        try (ExecutorService sides = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> answers = sides.invokeAll(List.of(all(copy, query), all(live, query)));
            for (Future<Boolean> answer : answers) {
                answer.get();
            }
        }
    }

    private static Callable<Boolean> all(Cluster cluster, Query query) {
        return () -> {
            for (String table : Shop.TABLES) {
                ask(cluster, query.of(table));
            }
            return true;
        };
    }

    private static void ask(Cluster cluster, String query) throws SQLException {
        cluster.sql("shop", "SET max_parallel_workers_per_gather = 0", "SET work_mem = '64MB'", query);
    }

    private interface Query {
        String of(String table);
    }
}
