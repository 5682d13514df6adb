package lifeboat.catalog;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A DNS name that Route 53 answers with the primary endpoint while that is healthy, else with the secondary.
///
/// @param zone id of the hosted zone
/// @param name the name, inside the zone
/// @param ttl how long resolvers may keep an answer, in whole seconds
/// @param primary the endpoint in the region
/// @param secondary the endpoint in the recovery region
/// @see <a href="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html">DNS failover</a>
public record Failover(String zone, String name, Duration ttl, Endpoint primary, Endpoint secondary) {
    /// Where the application answers, and how Route 53 knows that it does.
    ///
    /// @param address IPv4 address or host name
    /// @param health page that health checkers on the internet can reach; absent: `alarm` is watched
    /// @param alarm name of a CloudWatch alarm in the endpoint's region; the only way for a private address
    public record Endpoint(String address, Optional<URI> health, Optional<String> alarm) {
        /// Whether the address is an IPv4 address; else it is a host name.
        public boolean isAddress() {
            return isAddress(address);
        }

        /// Whether a host is an IPv4 address.
        public static boolean isAddress(String host) {
            return host.matches("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
        }

        /// Whether it is one, or was meant to be.
        static boolean looksLikeAddress(String host) {
            return host.matches("[0-9.]+");
        }

        /// Whether Route 53's health checkers cannot reach a host: it is private, local or not routable.
        public static boolean isPrivate(String host) {
            return host.matches("(?i)localhost|.*\\.(?:local|internal|localhost)") || isPrivateAddress(host);
        }

        private static boolean isPrivateAddress(String address) {
            return address.matches("(?:0|10|127|169\\.254|192\\.168|172\\.(?:1[6-9]|2[0-9]|3[01])"
                    + "|100\\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])|22[4-9]|2[3-5][0-9])\\.[0-9.]+");
        }
    }
}
