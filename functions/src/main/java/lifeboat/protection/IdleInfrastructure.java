package lifeboat.protection;

import java.util.ArrayList;
import java.util.List;
import lifeboat.catalog.Application;
import lifeboat.catalog.Environment;

/// What of an environment costs though nothing happens. Functions, workflows, schedules and messages cost by use:
/// cents.
///
/// @param price the id of its price
/// @param where the region, or the account, that it stands in
/// @param count how many
public record IdleInfrastructure(String price, String where, int count) {
    private static final int ALARMS = 21;
    private static final int ALARMS_IN_THE_RECOVERY_REGION = 10;
    private static final int KEYS = 3;
    private static final int KEYS_IN_THE_RECOVERY_REGION = 2;
    private static final int ENDPOINTS_OF_THE_LAB = 4;

    /// Of an environment, about: a test compares it with the templates.
    public static List<IdleInfrastructure> of(Environment environment) {
        var region = environment.region().value();
        var recovery = environment.recoveryRegion().value();
        var deployment = environment.deployment();
        var idle = new ArrayList<>(List.of(
                new IdleInfrastructure("alarm", region, ALARMS),
                new IdleInfrastructure("key", region, KEYS),
                new IdleInfrastructure("dashboard", region, 1),
                new IdleInfrastructure("alarm", recovery, ALARMS_IN_THE_RECOVERY_REGION),
                new IdleInfrastructure("key", recovery, KEYS_IN_THE_RECOVERY_REGION),
                new IdleInfrastructure("dashboard", recovery, 1)));
        environment
                .recoveryAccount()
                .ifPresent(account -> idle.add(new IdleInfrastructure("key", "account " + account, 1)));
        deployment.lab().ifPresent(_ -> {
            idle.add(new IdleInfrastructure("endpoint", region, ENDPOINTS_OF_THE_LAB));
            idle.add(new IdleInfrastructure("secret", region, 1));
        });
        if (deployment.regionSwitch()) {
            idle.add(new IdleInfrastructure("regionSwitch", "both regions", 1));
        }
        var moving = (int) environment.workloads().stream()
                .flatMap(workload -> workload.application().flatMap(Application::failover).stream())
                .count();
        if (moving > 0) {
            idle.add(new IdleInfrastructure("healthCheck", "global", 2 * moving));
        }
        return idle;
    }
}
