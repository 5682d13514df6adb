package lifeboat.reconcile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGeneratorFactory;
import lifeboat.reconcile.ChangedOnBothSides;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairReport;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.Selection;
import lifeboat.reconcile.sql.Triggers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Live is written by others before, while and after it is compared and repaired.
class BusyLiveTest {
    private static final int ROWS = 6_000;

    @TempDir
    Path folder;

    @Test
    void noGoodWriteIsLostAndAllDamageIsRepaired() throws Exception {
        Databases databases = Databases.with(
                "CREATE TABLE t (id int PRIMARY KEY, v int NOT NULL, updated_at timestamptz NOT NULL)",
                "INSERT INTO t SELECT i, i, '2026-11-01' FROM generate_series(1, %d) i".formatted(ROWS));
        databases.inLive("UPDATE t SET v = -1 WHERE id % 3 = 0", "DELETE FROM t WHERE id % 3 = 1");
        Map<Integer, Integer> written = new ConcurrentHashMap<>();
        AtomicBoolean ended = new AtomicBoolean();
        FutureTask<Integer> writer = new FutureTask<>(() -> write(databases, written, ended));
        Thread.ofPlatform().start(writer);
        try {
            RepairPlan plan = Found.plan(databases, folder, rules());
            RepairReport report =
                    Repaired.by(databases, folder, plan, databases.liveEndpoint(), Triggers.ASK, Progress.SILENT);
            assertThat(report.total().written()).isPositive();
        } finally {
            ended.set(true);
        }
        assertThat(writer.get()).isPositive();
        Map<String, String> live = Databases.rows(databases.live, "(SELECT id, v FROM t)", "id");
        for (int id = 1; id <= ROWS; id++) {
            int expected = written.getOrDefault(id, id);
            assertThat(live.get(Integer.toString(id))).isEqualTo("(%d,%d)".formatted(id, expected));
        }
    }

    /// Writes rows again and again as an application does: insert, or change, one transaction each.
    private static int write(Databases databases, Map<Integer, Integer> written, AtomicBoolean ended) throws Exception {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        int count = 0;
        try (Connection connection = Databases.connect(databases.live);
                PreparedStatement upsert = connection.prepareStatement(
                        "INSERT INTO t VALUES (?, ?, now()) ON CONFLICT (id) DO UPDATE SET v = excluded.v, updated_at = now()")) {
            while (!ended.get()) {
                int id = 1 + random.nextInt(ROWS);
                int value = 1_000_000 + count++;
                upsert.setInt(1, id);
                upsert.setInt(2, value);
                upsert.executeUpdate();
                written.put(id, value);
            }
        }
        return count;
    }

    private static Rules rules() {
        return new Rules(
                Optional.of(Instant.parse("2026-11-02T00:00:00Z")),
                Found.NOW,
                Duration.ofSeconds(5),
                Optional.of("updated_at"),
                false,
                List.of(),
                Selection.ALL,
                ChangedOnBothSides.KEEP_LIVE);
    }
}
