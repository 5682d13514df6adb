package lifeboat.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Rules between the values of what is deployed beside: what Route 53 and IAM would only refuse, or worse accept,
/// later.
final class DeploymentRules {
    private static final List<String> COPIES = List.of("lifeboat-drill-", "lifeboat-restored-");
    private final Collection<Problem> problems;

    DeploymentRules(Collection<Problem> problems) {
        this.problems = problems;
    }

    void check(Cursor file) {
        file.named("workloads", (name, workload) -> {
            var at = DocumentReader.join("workloads", name);
            workload.block("application")
                    .flatMap(application -> application.block("failover"))
                    .ifPresent(failover -> failover(at + ".application.failover", failover));
            workload.named("resources", (resource, keys) -> {
                notNamedAsACopy(DocumentReader.join(at + ".resources", resource), keys);
                return resource;
            });
            return name;
        });
    }

    private void failover(String path, Cursor failover) {
        for (var side : List.of("primary", "secondary")) {
            failover.block(side).ifPresent(endpoint -> endpoint(path + "." + side, endpoint, failover));
        }
        var kinds = Stream.of("primary", "secondary")
                .flatMap(side -> failover.block(side).flatMap(endpoint -> endpoint.text("address")).stream())
                .map(address -> address.matches("[0-9.]+"))
                .distinct()
                .count();
        if (kinds > 1) {
            report(path, failover.map().line(), "one endpoint is an address and the other a host name", "use one kind");
        }
    }

    private void endpoint(String path, Cursor endpoint, Cursor failover) {
        if (endpoint.has("health") == endpoint.has("alarm")) {
            report(path, endpoint.map().line(), "health or alarm is needed, and only one of them", "");
        }
        var name = failover.text("name").orElse("");
        if (endpoint.text("health").map(DeploymentRules::host).equals(Optional.of(name))) {
            report(
                    path + ".health",
                    endpoint.line("health"),
                    "\"%s\" is the name that moves: a check of it cannot tell the endpoints apart".formatted(name),
                    "give each endpoint a name of its own");
        }
        var address = endpoint.text("address").orElse("");
        if (endpoint.has("health") && Failover.Endpoint.isPrivate(address)) {
            report(
                    path + ".health",
                    endpoint.line("health"),
                    "\"%s\" is a private address: Route 53's health checkers cannot reach it"
                            .formatted(Problem.shortened(address)),
                    "give the name of a CloudWatch alarm as alarm instead");
        }
    }

    private static String host(String url) {
        return url.replaceFirst("^[a-z]+://", "").replaceFirst("[:/?].*$", "");
    }

    /// What is called like a restored copy could be deleted like one.
    private void notNamedAsACopy(String path, Cursor resource) {
        for (var store : ResourceKeys.RESOURCE.discriminators()) {
            resource.text(store)
                    .filter(name -> COPIES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith))
                    .ifPresent(name -> problems.add(new Problem(
                            "LB-022",
                            path + "." + store,
                            resource.line(store),
                            "\"%s\" is named like a restored copy, which a drill may delete"
                                    .formatted(Problem.shortened(name)),
                            "rename it, or leave it out")));
        }
    }

    private void report(String path, int line, String message, String hint) {
        problems.add(new Problem("LB-021", path, line, message, hint));
    }
}
