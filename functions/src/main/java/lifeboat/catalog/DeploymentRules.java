package lifeboat.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Rules between the values of what is deployed beside: what Route 53 and IAM would only refuse, or worse accept,
/// later.
final class DeploymentRules {
    private static final List<String> MADE_BY_THE_LAB = List.of("dynamodb", "rds");
    private static final List<String> COPIES = List.of("lifeboat-drill-", "lifeboat-restored-");
    private final Collection<Problem> problems;

    DeploymentRules(Collection<Problem> problems) {
        this.problems = problems;
    }

    void check(Cursor file) {
        administrators(file);
        file.named("workloads", (name, workload) -> {
            var at = DocumentReader.join("workloads", name);
            workload.block("application")
                    .flatMap(application -> application.block("failover"))
                    .ifPresent(failover -> failover(at + ".application.failover", failover));
            workload.named("resources", (resource, keys) -> {
                notNamedAsACopy(DocumentReader.join(at + ".resources", resource), keys);
                if (file.has("lab")) {
                    madeByTheLab(DocumentReader.join(at + ".resources", resource), keys);
                }
                return resource;
            });
            return name;
        });
    }

    /// A role of another account can never change these vaults, so naming it is a mistake.
    private void administrators(Cursor file) {
        var accounts = Stream.of("account", "recoveryAccount")
                .flatMap(key -> file.text(key).stream())
                .toList();
        var roles = file.texts("vaultAdministrators");
        for (var at = 0; at < roles.size(); at++) {
            var role = roles.get(at);
            if (DeploymentKeys.ROLE.fits(role) && !accounts.contains(role.split(":", -1)[4])) {
                problems.add(new Problem(
                        "LB-024",
                        "vaultAdministrators[%d]".formatted(at),
                        file.line("vaultAdministrators"),
                        "\"%s\" is a role of another account than %s"
                                .formatted(Problem.shortened(role), String.join(" and ", accounts)),
                        "name a role of the account, or of the recoveryAccount"));
            }
        }
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
        if (Failover.Endpoint.looksLikeAddress(address) && !Failover.Endpoint.isAddress(address)) {
            report(
                    path + ".address",
                    endpoint.line("address"),
                    "\"%s\" is no IPv4 address: four numbers up to 255 are".formatted(Problem.shortened(address)),
                    "");
        }
        if (endpoint.has("health")) {
            Stream.of(
                            address,
                            endpoint.text("health").map(DeploymentRules::host).orElse(""))
                    .filter(Failover.Endpoint::isPrivate)
                    .findFirst()
                    .ifPresent(unreachable -> unreachable(path, endpoint, unreachable));
        }
    }

    private void unreachable(String path, Cursor endpoint, String host) {
        report(
                path + ".health",
                endpoint.line("health"),
                "\"%s\" is a private address: Route 53's health checkers cannot reach it"
                        .formatted(Problem.shortened(host)),
                "give the name of a CloudWatch alarm as alarm instead");
    }

    /// The lab makes what it names, and it makes little.
    private void madeByTheLab(String path, Cursor resource) {
        for (var store : ResourceKeys.RESOURCE.discriminators()) {
            if (resource.has(store) && !MADE_BY_THE_LAB.contains(store)) {
                problems.add(new Problem(
                        "LB-023",
                        path + "." + store,
                        resource.line(store),
                        "the lab makes dynamodb and rds only, not " + store,
                        "leave it out, or leave lab out and name what exists"));
            }
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
