package lifeboat.catalog;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Turns the keys of what is deployed beside into records.
final class DeploymentMapping {
    private DeploymentMapping() {}

    static Deployment deployment(Cursor file) {
        return new Deployment(
                file.block("network").map(DeploymentMapping::network),
                file.block("recoveryNetwork").map(DeploymentMapping::network),
                file.block("audit").map(DeploymentMapping::audit),
                file.text("restoreTesting").map(DeploymentMapping::cadence),
                file.flag("regionSwitch", false),
                file.texts("vaultAdministrators"),
                file.flag("deletionProtection", false),
                file.block("lab").map(lab -> new Lab(lab.text("trustedCidr"))));
    }

    static Failover failover(Cursor failover) {
        return new Failover(
                failover.need("zone"),
                failover.need("name"),
                failover.span("ttl").orElse(Duration.ofMinutes(5)),
                endpoint(failover, "primary"),
                endpoint(failover, "secondary"));
    }

    private static Failover.Endpoint endpoint(Cursor failover, String key) {
        var endpoint = failover.block(key).orElseThrow();
        return new Failover.Endpoint(
                endpoint.need("address"), endpoint.text("health").map(URI::create), endpoint.text("alarm"));
    }

    private static Network network(Cursor network) {
        return new Network(
                network.need("vpc"),
                network.texts("subnets"),
                network.texts("securityGroups"),
                network.text("databaseSubnetGroup"),
                network.texts("databaseSecurityGroups"),
                network.textsByName("databaseParameterGroups"),
                network.textsByName("databaseOptionGroups"));
    }

    private static Audit audit(Cursor audit) {
        var compliance = audit.text("mode").equals(Optional.of("compliance"));
        return new Audit(audit.needSpan("keep"), compliance ? VaultLock.Mode.COMPLIANCE : VaultLock.Mode.GOVERNANCE);
    }

    private static Drill.Cadence cadence(String word) {
        return Drill.Cadence.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
