package lifeboat.local.aws;

import java.time.Duration;

/// How long AWS takes. The stand-ins never answer sooner, and later only where the real work takes longer.
///
/// @param logShipping how far the latest restorable time lags behind
/// @param tableRestore from the call until a table is active
/// @param instanceRestore from the call until an instance is available
/// @param modification of an instance
/// @param deletion of an instance or a table
/// @param backup of a resource
/// @param expiry until the time to live of a table is enabled
/// @param pending how long a job of AWS Backup waits before it runs
public record Timings(
        Duration logShipping,
        Duration tableRestore,
        Duration instanceRestore,
        Duration modification,
        Duration deletion,
        Duration backup,
        Duration expiry,
        Duration pending) {
    /// What AWS documents (five minutes of lag), and orders of magnitude where it promises nothing.
    ///
    /// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html">RDS, point in time</a>
    public static Timings likeAws() {
        return new Timings(
                Duration.ofMinutes(5),
                Duration.ofMinutes(20),
                Duration.ofMinutes(25),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                Duration.ofSeconds(20));
    }

    /// As fast as this machine is, with states that can still be seen.
    public static Timings brisk() {
        return new Timings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                Duration.ofMillis(500),
                Duration.ZERO,
                Duration.ofMillis(200));
    }
}
