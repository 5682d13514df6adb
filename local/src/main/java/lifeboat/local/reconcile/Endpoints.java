package lifeboat.local.reconcile;

import java.nio.file.Path;
import lifeboat.catalog.EnvironmentName;
import lifeboat.reconcile.LocalArchive;
import picocli.CommandLine.Option;

/// The options that all three commands share.
final class Endpoints {
    @Option(
            names = "--copy",
            required = true,
            paramLabel = "ENDPOINT",
            description =
                    "The restored copy: jdbc:postgresql://host/db?user=..&password=.., jdbc:mysql://host/db?user=..&password=..,"
                            + " jdbc:mariadb://host/db?user=..&password=.., dynamodb:table@region, or"
                            + " dynamodb://host:port/table?region=..")
    String copy = "";

    @Option(
            names = "--live",
            required = true,
            paramLabel = "ENDPOINT",
            description = "The damaged live store, in the same form.")
    String live = "";

    @Option(
            names = "--plans",
            paramLabel = "DIR",
            defaultValue = "lifeboat-plans",
            description = "Where plans and undo logs are kept. Default: ${DEFAULT-VALUE}")
    Path plans = Path.of("lifeboat-plans");

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "local",
            description = "The environment that a plan is bound to. Default: ${DEFAULT-VALUE}")
    String environment = "local";

    @Option(names = "--json", description = "Answer in JSON on standard output.")
    boolean json;

    Store store() {
        return Store.of(copy, live);
    }

    LocalArchive archive() {
        return new LocalArchive(plans);
    }

    EnvironmentName environmentName() {
        return new EnvironmentName(environment);
    }

    /// To be typed again; passwords are left out.
    String typed() {
        return "--copy '%s' --live '%s' --plans '%s'%s"
                .formatted(
                        withoutSecret(copy),
                        withoutSecret(live),
                        plans,
                        environment.equals("local") ? "" : " --environment " + environment);
    }

    private static String withoutSecret(String endpoint) {
        return endpoint.replaceAll("(?i)(password=)[^&]*", "$1...").replaceAll("(//[^/:@]*):[^/@]*@", "$1:...@");
    }
}
