package lifeboat.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lifeboat.aws.SdkMock;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.engines.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// A server is believed to be RDS only by a certificate of RDS's authorities for the name by which it is reached.
class ServerTrustTest {
    private static final String DIGEST = "1f3485f45f5dd064fc68faa8ed1a2eba36b281e290e8bb450ce2de8046be9a61";

    private final RdsClient rds = SdkMock.of(RdsClient.class);
    private final SecretsManagerClient secrets = SdkMock.of(SecretsManagerClient.class);

    @Test
    void serverIsBelievedByTheRightAuthorityAndNameOnly(@TempDir Path ours, @TempDir Path others)
            throws IOException, GeneralSecurityException {
        var authority = new TestAuthority(ours);
        var other = new TestAuthority(others);
        try (var server = serverWith(authority.issue("localhost"))) {
            reachedAt("localhost", server.getPort());
            assertThatCode(() -> connect(authority.authority())).doesNotThrowAnyException();
            refused(other.authority(), "PKIX path");
            assertThatThrownBy(() -> new RdsDatabases(rds, secrets, true).live(database()))
                    .as("the authorities of RDS have not signed it")
                    .isInstanceOf(SQLException.class);
            reachedAt("127.0.0.1", server.getPort());
            refused(authority.authority(), "hostname");
        }
    }

    @Test
    void addressesForMySqlVerifyTheServerToo() {
        when(rds.describeDBInstances(any(DescribeDbInstancesRequest.class)))
                .thenReturn(DescribeDbInstancesResponse.builder()
                        .dbInstances(DBInstance.builder()
                                .engine("mariadb")
                                .endpoint(endpoint ->
                                        endpoint.address("db.example").port(3306))
                                .build())
                        .build());
        secret();

        assertThat(new RdsUrls(rds, secrets, true).writing(database(), "orders").text())
                .contains("sslMode=verify-full&serverSslCert=/")
                .doesNotContain("trust");
    }

    @Test
    void bundleIsTheOneThatWasReviewed() throws IOException, GeneralSecurityException {
        byte[] bundle = Files.readAllBytes(ServerTrust.of(true).authorities().orElseThrow());

        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bundle)))
                .isEqualTo(DIGEST);
        assertThat(authorities())
                .hasSize(87)
                .allSatisfy(authority -> assertThat(
                                authority.getSubjectX500Principal().getName())
                        .contains("O=Amazon Web Services", "OU=Amazon RDS"));
    }

    /// Fails a year before it is needed: then take the bundle that AWS publishes by then.
    @Test
    void everyRegionHasAnAuthorityForAnotherYear() throws IOException, GeneralSecurityException {
        Map<String, Instant> last = authorities().stream()
                .collect(Collectors.toMap(
                        authority -> authority
                                .getSubjectX500Principal()
                                .getName()
                                .replaceFirst("(?s).*CN=Amazon RDS ([a-z0-9-]+) .*", "$1"),
                        authority -> authority.getNotAfter().toInstant(),
                        (one, another) -> one.isAfter(another) ? one : another));

        assertThat(last).containsKeys("us-east-1", "us-west-2", "eu-central-1");
        assertThat(last)
                .allSatisfy((region, until) -> assertThat(until)
                        .as("the last authority of %s", region)
                        .isAfter(Clock.systemUTC().instant().plus(Duration.ofDays(365))));
    }

    private static List<X509Certificate> authorities() throws IOException, GeneralSecurityException {
        try (InputStream bundle =
                Files.newInputStream(ServerTrust.of(true).authorities().orElseThrow())) {
            return CertificateFactory.getInstance("X.509").generateCertificates(bundle).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private void connect(Path authorities) throws SQLException {
        var trust = new ServerTrust(Optional.of(authorities));
        new RdsDatabases(rds, secrets, trust).live(database()).close();
        DriverManager.getConnection(new RdsUrls(rds, secrets, trust)
                        .writing(database(), "orders")
                        .text())
                .close();
    }

    private void refused(Path authorities, String why) {
        var trust = new ServerTrust(Optional.of(authorities));
        assertThatThrownBy(() -> new RdsDatabases(rds, secrets, trust).live(database()))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining(why);
        assertThatThrownBy(() -> DriverManager.getConnection(new RdsUrls(rds, secrets, trust)
                        .writing(database(), "orders")
                        .text()))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining(why);
    }

    private static EmbeddedPostgres serverWith(TestAuthority.Issued certificate) throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificate.certificate().toString())
                .setServerConfig("ssl_key_file", certificate.key().toString())
                .start();
    }

    private void reachedAt(String host, int port) {
        when(rds.describeDBInstances(any(DescribeDbInstancesRequest.class)))
                .thenReturn(DescribeDbInstancesResponse.builder()
                        .dbInstances(DBInstance.builder()
                                .engine("postgres")
                                .endpoint(endpoint -> endpoint.address(host).port(port))
                                .build())
                        .build());
        secret();
    }

    private void secret() {
        when(secrets.getSecretValue(any(GetSecretValueRequest.class)))
                .thenReturn(GetSecretValueResponse.builder()
                        .secretString("{\"username\": \"postgres\", \"password\": \"p\"}")
                        .build());
    }

    private static Resource database() {
        return new Resource.RdsInstance(
                new ResourceName("orders"), "orders", new SqlAccess("postgres", "orders"), Optional.empty(), List.of());
    }
}
