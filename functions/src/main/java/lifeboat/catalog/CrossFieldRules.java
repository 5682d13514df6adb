package lifeboat.catalog;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Optional;

/// What no single value can break: rules between the values of a file. They look only at what is there and well formed,
/// so that they can run on a file that has other problems.
final class CrossFieldRules {
    private final Collection<Problem> problems;

    CrossFieldRules(Collection<Problem> problems) {
        this.problems = problems;
    }

    void check(Cursor file) {
        differs(file, "recoveryRegion", "region", "the region cannot stand in for itself");
        differs(file, "recoveryAccount", "account", "the account cannot stand in for itself");
        file.block("vaultLock").ifPresent(this::vaultLock);
        new DeploymentRules(problems).check(file);
        file.named("workloads", (name, workload) -> {
            eachResourceOnce("workloads." + name + ".resources", workload);
            return name;
        });
    }

    private void differs(Cursor file, String key, String other, String why) {
        var value = file.text(key);
        if (value.isPresent() && value.equals(file.text(other))) {
            var message =
                    "\"%s\" equals %s: another one is needed; %s".formatted(Problem.shortened(value.get()), other, why);
            problems.add(new Problem("LB-015", key, file.line(key), message, ""));
        }
    }

    private void vaultLock(Cursor lock) {
        var least = lock.span("minRetention");
        var most = lock.span("maxRetention");
        if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
            report(lock, "maxRetention", "\"" + lock.need("maxRetention") + "\" is shorter than minRetention");
        }
        var coolingOff = lock.span("coolingOff");
        if (coolingOff.isPresent() && lock.text("mode").equals(Optional.of("governance"))) {
            report(lock, "coolingOff", "a governance lock has no cooling-off: only compliance ends in a lock for good");
        } else if (coolingOff.isPresent() && coolingOff.get().compareTo(Duration.ofDays(3)) < 0) {
            report(lock, "coolingOff", "\"" + lock.need("coolingOff") + "\" is not allowed: at least 3d");
        }
    }

    private void report(Cursor lock, String key, String message) {
        problems.add(new Problem("LB-018", "vaultLock." + key, lock.line(key), message, ""));
    }

    private void eachResourceOnce(String path, Cursor workload) {
        var seen = new HashMap<String, String>();
        workload.named("resources", (name, resource) -> {
            for (var store : ResourceKeys.RESOURCE.discriminators()) {
                resource.text(store).ifPresent(physical -> {
                    var identity = store + " " + physical
                            + resource.text("database").map(d -> "/" + d).orElse("");
                    var earlier = seen.putIfAbsent(identity, name);
                    if (earlier != null) {
                        var message = "\"%s\" is already the resource \"%s\" of this workload"
                                .formatted(Problem.shortened(identity), Problem.shortened(earlier));
                        var at = DocumentReader.join(path, name) + "." + store;
                        problems.add(new Problem("LB-016", at, resource.line(store), message, "keep one of them"));
                    }
                });
            }
            return name;
        });
    }
}
