package lifeboat.local.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.Refused;
import lifeboat.reconcile.Repair;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.RepairRequest;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.PostgresComparison;
import lifeboat.reconcile.postgres.PostgresRepairs;
import lifeboat.reconcile.postgres.Scope;
import lifeboat.reconcile.sql.Triggers;

/// Diff and repair inside this process, as a warm function runs them.
record Engine(Cluster copy, Cluster live, Path plans) {
    private static final EnvironmentName BENCH = new EnvironmentName("bench");

    void diffAndRepair() throws Refused {
        RepairPlan plan = plan();
        try (var store = PostgresRepairs.open(at(copy), at(live), Set.of(), Triggers.ASK)) {
            new Repair(store, new LocalArchive(plans), Progress.SILENT)
                    .run(new RepairRequest(
                            plan.id(),
                            BENCH,
                            Clock.systemUTC().instant(),
                            RepairRequest.DEFAULT_MAX_AGE,
                            new Cap(100, true),
                            "the benchmark"));
        }
    }

    RepairPlan plan() {
        try (var comparison = PostgresComparison.open(at(copy), at(live), Scope.ALL, System.nanoTime())) {
            Instant now = Clock.systemUTC().instant();
            return new Diff(comparison, new LocalArchive(plans), Progress.SILENT)
                    .plan(BENCH, Rules.plain(now), "draft", 5, now);
        }
    }

    private static Endpoint at(Cluster cluster) {
        return new Endpoint(cluster.url("shop"));
    }
}
