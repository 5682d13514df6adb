package lifeboat.local.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import lifeboat.recovery.Mode;

/// What is rehearsed.
///
/// @param environmentFile where the workload is described
/// @param workload its name; empty: the first of the environment
/// @param mode drill or incident
/// @param back to when it is recovered
/// @param products items in each table
/// @param orders rows in each database
/// @param damage whether a deployment damages the data
/// @param seed of everything drawn at random
/// @param warmUp how long the shop is open before the damage
public record Script(
        Path environmentFile,
        Optional<String> workload,
        Mode mode,
        Back back,
        int products,
        int orders,
        boolean damage,
        long seed,
        Duration warmUp) {
    /// To when a workload is recovered.
    public sealed interface Back {
        /// To the last whole second before the damage; without damage, as late as the stores allow.
        record AsLateAsPossible() implements Back {}

        /// To so long before the damage.
        record Before(Duration damage) implements Back {}

        /// To an instant.
        record At(Instant instant) implements Back {}

        /// To the newest recovery point.
        record RecoveryPoint() implements Back {}
    }
}
