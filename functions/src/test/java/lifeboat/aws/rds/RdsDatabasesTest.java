package lifeboat.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.engines.LocalPostgres;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class RdsDatabasesTest {
    private static final CopyName COPY = new CopyName("lifeboat-drill-1-orders");

    private final RdsClient rds = mock();
    private final SecretsManagerClient secrets = mock();
    private final RdsDatabases databases = new RdsDatabases(rds, secrets, false);
    private String asked = "";

    @BeforeEach
    void theInstanceAndTheSecretStand() {
        instance(DBInstance.builder()
                .engine("postgres")
                .endpoint(Endpoint.builder()
                        .address("localhost")
                        .port(LocalPostgres.port())
                        .build()));
        secret("{\"username\": \"postgres\", \"password\": \"guess\"}");
    }

    @Test
    void liveAndCopyAreReachedByTheSameSecretAndEachByItsOwnAddress() throws SQLException {
        try (var connection = databases.live(resource("postgres"))) {
            assertThat(connection.getCatalog()).isEqualTo("postgres");
            assertThat(asked).isEqualTo("techmoda-orders");
        }
        try (var connection = databases.copy(resource("postgres"), COPY)) {
            assertThat(connection.isValid(1)).isTrue();
            assertThat(asked).isEqualTo("lifeboat-drill-1-orders");
        }
    }

    @Test
    void withoutExceptionConnectionsAreEncrypted() {
        assertThatThrownBy(() -> new RdsDatabases(rds, secrets, true).live(resource("postgres")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("SSL");
    }

    @Test
    void whatIsMissingIsNamed() {
        refused(resource("nowhere"), "LB-306", "\"nowhere\"");
        secret("{\"username\": \"postgres\"}");
        refused(resource("postgres"), "LB-305", "\"techmoda/orders\" holds no \"password\"");
        secret("guess me");
        refused(resource("postgres"), "LB-305", "is no JSON");
        when(secrets.getSecretValue(anyConsumer()))
                .thenThrow(ResourceNotFoundException.builder().build());
        refused(resource("postgres"), "LB-304", "secret \"techmoda/orders\" does not exist");
        instance(DBInstance.builder().engine("mysql"));
        refused(resource("postgres"), "LB-303", "\"mysql\"");
        instance(DBInstance.builder().engine("postgres").dbInstanceStatus("creating"));
        refused(resource("postgres"), "LB-302", "creating");
        doThrow(DbInstanceNotFoundException.builder().build()).when(rds).describeDBInstances(anyRequest());
        refused(resource("postgres"), "LB-301", "\"techmoda-orders\" does not exist");
        refused(
                new Resource.DynamoDbTable(new ResourceName("t"), "table", Optional.empty(), List.of()),
                "LB-303",
                "is no RDS instance");
    }

    @Test
    void refusedCredentialsAreNamedByTheirSecretAndNeverShown() {
        secret("{\"username\": \"stranger\", \"password\": \"guess\"}");
        assertThatThrownBy(() -> databases.live(resource("postgres")))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-307")
                .hasMessageContaining("techmoda/orders")
                .message()
                .doesNotContain("guess");
    }

    @Test
    void aCopyIsReadWithThePasswordOfItsPointInTimeAndLiveNeverIs() throws SQLException {
        secrets(
                "{\"username\": \"stranger\", \"password\": \"rotated\"}",
                "{\"username\": \"postgres\", \"password\": \"guess\"}");

        try (var connection = databases.copy(resource("postgres"), COPY)) {
            assertThat(connection.getMetaData().getUserName()).isEqualTo("postgres");
        }
        var urls = new RdsUrls(rds, secrets, false);
        assertThat(urls.reading(resource("postgres"), COPY.value()).text()).contains("user=postgres");
        assertThat(urls.reading(resource("postgres"), "techmoda-orders").text()).contains("user=stranger");
        refused(resource("postgres"), "LB-307", "techmoda/orders");
    }

    @Test
    void aCopyThatRefusesBothVersionsSaysWhatToDo() {
        secrets(
                "{\"username\": \"stranger\", \"password\": \"guess\"}",
                "{\"username\": \"another\", \"password\": \"guess\"}");

        assertThatThrownBy(() -> databases.copy(resource("postgres"), COPY))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("LB-307")
                .hasMessageContaining("--db-instance-identifier lifeboat-drill-1-orders --master-user-password")
                .message()
                .doesNotContain("guess");
        assertThatThrownBy(() -> new RdsUrls(rds, secrets, false).reading(resource("postgres"), COPY.value()))
                .hasMessageContaining("LB-307");
    }

    @Test
    void aSecretThatRdsManagesIsAccepted() {
        assertThat(new SqlAccess("orders", "rds!db-1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d").readingCredentials())
                .startsWith("rds!db-");
    }

    private void secrets(String current, String previous) {
        doAnswer(call -> {
                    Consumer<GetSecretValueRequest.Builder> request = call.getArgument(0);
                    String stage = GetSecretValueRequest.builder()
                            .applyMutation(request)
                            .build()
                            .versionStage();
                    return GetSecretValueResponse.builder()
                            .secretString("AWSPREVIOUS".equals(stage) ? previous : current)
                            .build();
                })
                .when(secrets)
                .getSecretValue(anyConsumer());
    }

    private void refused(Resource resource, String code, String says) {
        assertThatThrownBy(() -> databases.live(resource))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(code)
                .hasMessageContaining(says)
                .message()
                .doesNotContain("guess");
    }

    private void instance(DBInstance.Builder instance) {
        doAnswer(call -> {
                    Consumer<DescribeDbInstancesRequest.Builder> request = call.getArgument(0);
                    asked = DescribeDbInstancesRequest.builder()
                            .applyMutation(request)
                            .build()
                            .dbInstanceIdentifier();
                    return DescribeDbInstancesResponse.builder()
                            .dbInstances(instance.dbInstanceIdentifier(asked).build())
                            .build();
                })
                .when(rds)
                .describeDBInstances(anyRequest());
    }

    private void secret(String text) {
        when(secrets.getSecretValue(anyConsumer()))
                .thenReturn(GetSecretValueResponse.builder().secretString(text).build());
    }

    private static Consumer<DescribeDbInstancesRequest.Builder> anyRequest() {
        return any();
    }

    private static Consumer<GetSecretValueRequest.Builder> anyConsumer() {
        return any();
    }

    private static Resource resource(String database) {
        return new Resource.RdsInstance(
                new ResourceName("orders"),
                "techmoda-orders",
                new SqlAccess(database, "techmoda/orders"),
                Optional.empty(),
                List.of());
    }
}
