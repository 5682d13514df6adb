package lifeboat.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lifeboat.catalog.AccountId;
import lifeboat.catalog.BackupRule;
import lifeboat.catalog.BackupSchedules;
import lifeboat.catalog.Contacts;
import lifeboat.catalog.Environment;
import lifeboat.catalog.EnvironmentName;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.catalog.Tier;
import lifeboat.catalog.Workload;
import lifeboat.catalog.WorkloadName;
import lifeboat.infra.site.Assets;

/// Environments to try the stacks with.
public final class Environments {
    private Environments() {}

    public static Environment small() {
        return with(List.of(workload("catalog", List.of(table("products"), database("orders")))));
    }

    public static Environment with(List<Workload> workloads) {
        return new Environment(
                new EnvironmentName("prod"),
                new AccountId("111122223333"),
                new RegionName("us-east-1"),
                new RegionName("us-west-2"),
                new Contacts(List.of("oncall@techmoda.example"), Optional.empty()),
                new BackupSchedules("own", List.of(daily())),
                Optional.empty(),
                workloads);
    }

    public static Workload workload(String name, List<Resource> resources) {
        return new Workload(
                new WorkloadName(name),
                Tier.NON_CRITICAL,
                Tier.NON_CRITICAL.defaults(),
                Optional.empty(),
                Optional.empty(),
                "Product team",
                resources,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static Resource table(String name) {
        return new Resource.DynamoDbTable(new ResourceName(name), "techmoda-" + name, Optional.empty(), List.of());
    }

    public static Resource database(String name) {
        return new Resource.RdsInstance(
                new ResourceName(name),
                "techmoda-" + name,
                new SqlAccess(name, "techmoda/" + name),
                Optional.empty(),
                List.of());
    }

    /// Something to upload that is there without a build.
    public static Assets assets() {
        try {
            var target = Files.createDirectories(Path.of("target"));
            var functions = Files.createTempDirectory(target, "lifeboat-functions");
            Files.createDirectories(functions.resolve("lib"));
            Files.writeString(functions.resolve("lib/lifeboat.jar"), "not a jar");
            var catalog = Files.createTempDirectory(target, "lifeboat-catalog");
            Files.createDirectories(catalog.resolve("lifeboat"));
            Files.writeString(catalog.resolve("lifeboat/catalog.json"), "{}");
            return new Assets(functions, catalog);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static BackupRule daily() {
        return new BackupRule(
                "daily",
                "corruption and deletion",
                "cron(0 1 * * ? *)",
                Duration.ofHours(1),
                Duration.ofHours(2),
                Optional.empty(),
                Duration.ofDays(30),
                true,
                false);
    }
}
