package lifeboat.protection;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Recoverability;
import lifeboat.catalog.Resource;
import lifeboat.protection.Promise.Verdict;

/// What is legal in an environment but may surprise.
final class Notes {
    private static final Duration WARM_AT_LEAST = Duration.ofDays(8);

    private Notes() {}

    static List<String> about(Environment environment, List<Promise> promises) {
        return Stream.of(
                        reading(),
                        notRecoverable(environment),
                        ofOneEngine(environment),
                        inTheRecoveryAccount(environment),
                        needlessAcceptances(environment, promises),
                        rulesOfSomeStores(environment),
                        ignoredColdStorage(environment),
                        shortWarmTime(environment))
                .flatMap(notes -> notes)
                .toList();
    }

    private static Stream<String> reading() {
        return Stream.of(
                "guaranteed (nominal): nominal is the longest time between two backups; guaranteed adds that the one before"
                        + " starts at once and the next takes its whole start and completion window",
                "AWS names no time for copies: one more completion window is reckoned for each. While one runs, the next"
                        + " backup of that resource may wait");
    }

    private static Stream<String> notRecoverable(Environment environment) {
        return stores(environment, Recoverability.NOT_YET)
                .map(stores -> stores
                        + " cannot be recovered yet: the figures say what backups and logs hold, not what this version can"
                        + " restore of it");
    }

    private static Stream<String> ofOneEngine(Environment environment) {
        return stores(environment, Recoverability.POSTGRESQL_ONLY)
                .map(stores -> stores
                        + " can be recovered where the engine is PostgreSQL, which this file does not say: no other can be"
                        + " checked after it was restored");
    }

    private static Stream<String> inTheRecoveryAccount(Environment environment) {
        return environment.recoveryAccount().stream()
                .map(account -> "recovery in account " + account
                        + " cannot be carried out yet: the figures of a lost account say what its copies hold");
    }

    private static Stream<String> stores(Environment environment, Recoverability recoverability) {
        var stores = environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .filter(resource -> Recoverability.of(resource) == recoverability)
                .map(Resource::store)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return stores.isEmpty() ? Stream.empty() : Stream.of(stores);
    }

    private static Stream<String> needlessAcceptances(Environment environment, List<Promise> promises) {
        var needed = promises.stream()
                .filter(promise -> promise.verdict() == Verdict.ACCEPTED || promise.verdict() == Verdict.MISSED)
                .map(Promise::workload)
                .collect(Collectors.toSet());
        return environment.workloads().stream()
                .filter(workload -> workload.accepted().isPresent() && !needed.contains(workload))
                .map(workload -> "workload " + workload.name() + " accepts a shortfall that it does not have");
    }

    private static Stream<String> ignoredColdStorage(Environment environment) {
        return environment.schedules().rules().stream()
                .filter(rule -> rule.coldAfter().isPresent())
                .flatMap(rule -> {
                    var ignored = environment.workloads().stream()
                            .flatMap(workload -> workload.resources().stream())
                            .filter(resource -> rule.isFor(resource.store()) && !PlanRules.canBeCold(resource))
                            .map(Resource::store)
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", "));
                    return ignored.isEmpty()
                            ? Stream.empty()
                            : Stream.of("AWS Backup ignores coldAfter of " + rule.name() + " for " + ignored);
                });
    }

    /// Rules that leave stores out, which then rest on the others alone.
    private static Stream<String> rulesOfSomeStores(Environment environment) {
        return environment.schedules().rules().stream().flatMap(rule -> {
            var without = environment.workloads().stream()
                    .flatMap(workload -> workload.resources().stream())
                    .map(Resource::store)
                    .filter(store -> !rule.isFor(store))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            return without.isEmpty()
                    ? Stream.empty()
                    : Stream.of("rule " + rule.name() + " does not back up " + without);
        });
    }

    private static Stream<String> shortWarmTime(Environment environment) {
        return environment.schedules().rules().stream()
                .filter(rule -> rule.coldAfter()
                        .filter(cold -> cold.compareTo(WARM_AT_LEAST) < 0)
                        .isPresent())
                .map(rule ->
                        "rule " + rule.name() + " moves to cold storage early: AWS recommends at least 8 days warm");
    }
}
