package lifeboat.validation;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource;
import lifeboat.protection.Due;

/// What came due in a span of time, each store by its own rules: which backup is dropped for another, and which is the
/// newest, depends on them.
///
/// @param byStore by the key of the store
record DuesByStore(Map<String, Dues> byStore) {
    /// What is promised of one store.
    ///
    /// @param rules the rules that are for it
    /// @param backups recovery points in the vault of the region
    /// @param copies their copies in the recovery region
    /// @param copyJobs jobs that copy
    record Dues(List<BackupRule> rules, List<Due> backups, List<Due> copies, List<Due> copyJobs) {
        static Dues of(List<BackupRule> rules, Instant after, Instant until) {
            return new Dues(
                    rules,
                    Due.backups(rules, after, until),
                    Due.copies(rules, after, until),
                    Due.copyJobs(rules, after, until));
        }
    }

    static DuesByStore of(Environment environment, Instant after, Instant until) {
        var byRules = new LinkedHashMap<List<BackupRule>, Dues>();
        var byStore = new LinkedHashMap<String, Dues>();
        environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .map(Resource::store)
                .distinct()
                .forEach(store -> byStore.put(
                        store,
                        byRules.computeIfAbsent(
                                environment.schedules().rulesFor(store), rules -> Dues.of(rules, after, until))));
        return new DuesByStore(byStore);
    }

    /// What is promised of a resource.
    Dues of(Resource resource) {
        return byStore.getOrDefault(resource.store(), new Dues(List.of(), List.of(), List.of(), List.of()));
    }

    /// What is promised of any store, each once.
    List<Due> all(Function<Dues, List<Due>> kind) {
        return byStore.values().stream()
                .map(kind)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }
}
