package lifeboat.catalog;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The application that uses a workload's data and is pointed at the restored copy.
///
/// @param ecsServices `cluster/service` each
/// @param health the page that answers 200 when the application is well; absent: not checked
/// @param failover the DNS name that moves to the recovery region by itself; absent: DNS is left alone
public record Application(List<String> ecsServices, Optional<URI> health, Optional<Failover> failover) {
    public Application {
        ecsServices = List.copyOf(ecsServices);
    }

    /// Without a DNS name that moves by itself.
    public Application(List<String> ecsServices, Optional<URI> health) {
        this(ecsServices, health, Optional.empty());
    }
}
