package lifeboat.reconcile.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.Diff;
import lifeboat.reconcile.Difference;
import lifeboat.reconcile.LocalArchive;
import lifeboat.reconcile.Progress;
import lifeboat.reconcile.RepairPlan;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.TableOutcome;

/// What a comparison found, in a form that tests read.
record Found(List<TableOutcome> outcomes, TreeSet<String> differences) {
    static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    static final EnvironmentName HERE = new EnvironmentName("local");

    static Found between(Databases databases) {
        return between(databases, Scope.ALL);
    }

    static Found between(Databases databases, Scope scope) {
        try (var comparison = PostgresComparison.open(databases.copyEndpoint(), databases.liveEndpoint(), scope, 7)) {
            List<TableOutcome> outcomes = new ArrayList<>();
            TreeSet<String> differences = new TreeSet<>();
            for (var segment : comparison.segments()) {
                outcomes.addAll(comparison.compare(segment, difference -> differences.add(text(difference))));
            }
            return new Found(outcomes, differences);
        }
    }

    static RepairPlan plan(Databases databases, Path folder, Rules rules) {
        return plan(databases, folder, rules, NOW);
    }

    static RepairPlan plan(Databases databases, Path folder, Rules rules, Instant createdAt) {
        Scope scope = new Scope(rules.selection().tables(), rules.explainedBy(), rules.purges());
        try (var comparison = PostgresComparison.open(databases.copyEndpoint(), databases.liveEndpoint(), scope, 7)) {
            String draft = "d" + System.nanoTime();
            return new Diff(comparison, new LocalArchive(folder), Progress.SILENT)
                    .plan(HERE, rules, draft, 5, createdAt);
        }
    }

    static String text(Difference difference) {
        return "%s %s %s".formatted(difference.kind(), difference.table(), difference.key());
    }

    Optional<TableOutcome> of(String table) {
        return outcomes.stream()
                .filter(outcome -> outcome.table().toString().equals(table))
                .findFirst();
    }

    static Path folder() throws java.io.IOException {
        return Files.createTempDirectory("lifeboat-plans");
    }
}
