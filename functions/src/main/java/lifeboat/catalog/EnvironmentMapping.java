package lifeboat.catalog;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Drill.Cadence;
import lifeboat.catalog.Drill.Source;

/// Turns a document that fits its shape into an environment, with every default filled in.
final class EnvironmentMapping {
    private EnvironmentMapping() {}

    static Environment environment(Cursor file) {
        return new Environment(
                new EnvironmentName(file.need("environment")),
                new AccountId(file.need("account")),
                new RegionName(file.need("region")),
                new RegionName(file.need("recoveryRegion")),
                file.text("recoveryAccount").map(AccountId::new),
                contacts(file.block("contacts")),
                schedules(file),
                file.block("vaultLock").map(EnvironmentMapping::vaultLock),
                file.named("workloads", (name, workload) -> workload(name, workload, file.block("tiers"))),
                DeploymentMapping.deployment(file));
    }

    private static Contacts contacts(Optional<Cursor> contacts) {
        return new Contacts(
                contacts.map(block -> block.texts("email")).orElse(List.of()),
                contacts.map(block -> block.flag("rowKeys", true)).orElse(true),
                contacts.flatMap(block -> block.block("slack")).map(slack -> slack.need("secret")));
    }

    private static BackupSchedules schedules(Cursor file) {
        var own = file.named("schedules", EnvironmentMapping::rule);
        return own.isEmpty()
                ? Presets.named(file.text("schedules").orElse("techmoda")).orElseThrow()
                : new BackupSchedules("own", own);
    }

    private static BackupRule rule(String name, Cursor rule) {
        return new BackupRule(
                name,
                rule.text("purpose").orElse(name),
                rule.need("cron"),
                rule.span("startWindow").orElse(Duration.ofHours(1)),
                rule.span("completionWindow").orElse(Duration.ofHours(2)),
                rule.span("coldAfter"),
                rule.needSpan("deleteAfter"),
                rule.flag("copy", true),
                rule.flag("continuous", false),
                rule.texts("stores"));
    }

    private static VaultLock vaultLock(Cursor lock) {
        return new VaultLock(
                lock.need("mode").equals("compliance") ? VaultLock.Mode.COMPLIANCE : VaultLock.Mode.GOVERNANCE,
                lock.needSpan("minRetention"),
                lock.span("maxRetention"),
                lock.span("coolingOff").orElse(Duration.ofDays(3)));
    }

    private static Workload workload(String name, Cursor workload, Optional<Cursor> tiers) {
        var tier = Tier.labelled(workload.need("tier")).orElseThrow();
        var override = tiers.flatMap(overrides -> overrides.block(tier.label()));
        return new Workload(
                new WorkloadName(name),
                tier,
                objectives(tier, override),
                lost("regionLost", workload, override),
                lost("accountLost", workload, override),
                workload.text("owner").orElse("nobody named"),
                workload.named("resources", ResourceMapping::resource),
                workload.block("drill").map(EnvironmentMapping::drill),
                workload.block("application").map(EnvironmentMapping::application),
                workload.block("accept").map(EnvironmentMapping::accepted),
                sizes(workload));
    }

    private static Map<ResourceName, Long> sizes(Cursor workload) {
        var sizes = new LinkedHashMap<ResourceName, Long>();
        workload.named("resources", (name, resource) -> {
            resource.whole("sizeGb").ifPresent(size -> sizes.put(new ResourceName(name), size));
            return name;
        });
        return sizes;
    }

    private static Objectives objectives(Tier tier, Optional<Cursor> override) {
        return new Objectives(
                override.flatMap(o -> o.span("rpo")).orElse(tier.defaults().rpo()),
                override.flatMap(o -> o.span("rto")).orElse(tier.defaults().rto()));
    }

    private static Optional<Objectives> lost(String domain, Cursor workload, Optional<Cursor> override) {
        return workload.block(domain)
                .or(() -> override.flatMap(o -> o.block(domain)))
                .map(objectives -> new Objectives(objectives.needSpan("rpo"), objectives.needSpan("rto")));
    }

    private static Drill drill(Cursor drill) {
        var from = drill.text("from").orElse("latest");
        return new Drill(
                Cadence.valueOf(drill.need("every").toUpperCase(Locale.ROOT)),
                from.equals("latest") ? Source.LATEST : Source.RECOVERY_POINT);
    }

    private static Application application(Cursor application) {
        return new Application(
                application.texts("ecs"),
                application.text("health").map(URI::create),
                application.block("failover").map(DeploymentMapping::failover));
    }

    private static AcceptedShortfall accepted(Cursor accept) {
        return new AcceptedShortfall(
                accept.needSpan("rpo"), LocalDate.parse(accept.need("until")), accept.need("because"));
    }
}
