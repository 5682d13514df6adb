package lifeboat.protection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Network;
import lifeboat.catalog.Problem;
import lifeboat.catalog.Resource;
import lifeboat.catalog.Workload;

/// What the recovery region must have for databases whose backups are copied there: subnets and security groups
/// are of one region, so those of live do not exist in the other.
final class RestoreNetwork {
    private RestoreNetwork() {}

    /// What is missing; nothing where no database is copied, or the lab makes them.
    static List<Problem> missing(Environment environment) {
        Optional<String> database = environment.workloads().stream()
                .flatMap(workload ->
                        copiedDatabases(workload, environment.schedules().rules()))
                .findFirst();
        if (database.isEmpty() || environment.deployment().lab().isPresent()) {
            return List.of();
        }
        Optional<Network> network = environment.deployment().recoveryNetwork();
        List<Problem> problems = new ArrayList<>();
        if (network.flatMap(Network::databaseSubnetGroup).isEmpty()) {
            problems.add(problem(
                    environment,
                    database.get(),
                    "databaseSubnetGroup",
                    "the name of an RDS subnet group of that region, for example techmoda-restored"));
        }
        if (network.map(Network::databaseSecurityGroups).orElse(List.of()).isEmpty()) {
            problems.add(problem(
                    environment,
                    database.get(),
                    "databaseSecurityGroups",
                    "at least one id of a security group of that region, for example [sg-0123456789abcdef0]"));
        }
        return problems;
    }

    private static Stream<String> copiedDatabases(Workload workload, List<BackupRule> rules) {
        return workload.resources().stream()
                .filter(resource ->
                        resource instanceof Resource.RdsInstance || resource instanceof Resource.AuroraCluster)
                .filter(resource -> rules.stream().anyMatch(rule -> rule.copy() && rule.isFor(resource.store())))
                .map(resource -> "%s/%s".formatted(workload.name(), resource.name()));
    }

    private static Problem problem(Environment environment, String database, String key, String allowed) {
        return new Problem(
                "LB-026",
                "recoveryNetwork." + key,
                0,
                "is absent, and %s is copied to %s: a restore there needs %s"
                        .formatted(database, environment.recoveryRegion(), allowed),
                "make it in %s and name it, or copy nothing there (copy: false)"
                        .formatted(environment.recoveryRegion()));
    }
}
