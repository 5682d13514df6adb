package lifeboat.infra.failover;

import java.net.URI;
import java.util.List;
import lifeboat.catalog.Failover;
import lifeboat.catalog.Failover.Endpoint;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Workload;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.route53.CfnHealthCheck;
import software.amazon.awscdk.services.route53.CfnHealthCheck.AlarmIdentifierProperty;
import software.amazon.awscdk.services.route53.CfnHealthCheck.HealthCheckConfigProperty;
import software.amazon.awscdk.services.route53.CfnHealthCheck.HealthCheckTagProperty;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.constructs.Construct;

/// DNS names that move to the recovery region by themselves, without anybody changing a record during the incident:
/// Route 53's control plane may be what is down.
///
/// An endpoint on the internet is asked directly; a private one is judged by a CloudWatch alarm of its region,
/// because health checkers cannot reach it.
///
/// @see <a href="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html">DNS failover</a>
public final class FailoverStack extends Stack {
    private final Site site;

    public FailoverStack(Construct scope, Site site, List<Workload> moving) {
        super(scope, site.stack("failover"), site.properties("DNS that moves to the recovery region by itself"));
        this.site = site;
        moving.forEach(workload -> move(workload.name().value(), failover(workload)));
    }

    private static Failover failover(Workload workload) {
        return workload.application().orElseThrow().failover().orElseThrow();
    }

    private void move(String workload, Failover failover) {
        record(
                workload,
                failover,
                "PRIMARY",
                failover.primary(),
                site.environment().region());
        record(
                workload,
                failover,
                "SECONDARY",
                failover.secondary(),
                site.environment().recoveryRegion());
    }

    private void record(String workload, Failover failover, String side, Endpoint endpoint, RegionName region) {
        CfnRecordSet.Builder.create(this, "%s-%s".formatted(workload, side))
                .hostedZoneId(failover.zone())
                .name(failover.name())
                .type(endpoint.isAddress() ? "A" : "CNAME")
                .setIdentifier("%s-%s".formatted(workload, region))
                .failover(side)
                .ttl(Long.toString(failover.ttl().toSeconds()))
                .resourceRecords(List.of(endpoint.address()))
                .healthCheckId(healthCheck("%s-%s-health".formatted(workload, side), endpoint, region)
                        .getAttrHealthCheckId())
                .build();
    }

    private CfnHealthCheck healthCheck(String id, Endpoint endpoint, RegionName region) {
        var how = endpoint.health().map(FailoverStack::asked).orElseGet(() -> alarm(endpoint, region));
        return CfnHealthCheck.Builder.create(this, id)
                .healthCheckConfig(how)
                .healthCheckTags(List.of(
                        HealthCheckTagProperty.builder().key("Name").value(id).build()))
                .build();
    }

    private static HealthCheckConfigProperty asked(URI health) {
        var secure = "https".equals(health.getScheme());
        var standard = secure ? 443 : 80;
        var path = health.getRawPath() + (health.getRawQuery() == null ? "" : "?" + health.getRawQuery());
        var asked = HealthCheckConfigProperty.builder();
        if (Endpoint.isAddress(health.getHost())) {
            asked.ipAddress(health.getHost());
        } else {
            asked.fullyQualifiedDomainName(health.getHost());
        }
        return asked.type(secure ? "HTTPS" : "HTTP")
                .port(health.getPort() < 0 ? standard : health.getPort())
                .resourcePath(path.isEmpty() ? "/" : path)
                .requestInterval(10)
                .failureThreshold(3)
                .enableSni(secure && !Endpoint.isAddress(health.getHost()))
                .build();
    }

    private static HealthCheckConfigProperty alarm(Endpoint endpoint, RegionName region) {
        return HealthCheckConfigProperty.builder()
                .type("CLOUDWATCH_METRIC")
                .alarmIdentifier(AlarmIdentifierProperty.builder()
                        .name(endpoint.alarm().orElseThrow())
                        .region(region.value())
                        .build())
                .insufficientDataHealthStatus("LastKnownStatus")
                .build();
    }
}
