package lifeboat.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lifeboat.catalog.Resource.RdsInstance;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.engines.LocalPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

class LabOrdersTest {
    private static final RdsInstance LAB = new RdsInstance(
            new ResourceName("orders"),
            "techmoda-orders",
            new SqlAccess("lab_orders", "techmoda/orders"),
            Optional.empty(),
            List.of());

    private final RdsClient rds = mock();
    private final SecretsManagerClient secrets = mock();
    private final LabOrders orders = new LabOrders(new RdsDatabases(rds, secrets, false));

    @BeforeEach
    void emptyDatabaseStands() throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists lab_orders");
            statement.execute("create database lab_orders");
        }
        when(rds.describeDBInstances(LabOrdersTest.<Consumer<DescribeDbInstancesRequest.Builder>>anything()))
                .thenReturn(DescribeDbInstancesResponse.builder()
                        .dbInstances(DBInstance.builder()
                                .dbInstanceIdentifier("techmoda-orders")
                                .engine("postgres")
                                .endpoint(Endpoint.builder()
                                        .address("localhost")
                                        .port(LocalPostgres.port())
                                        .build())
                                .build())
                        .build());
        when(secrets.getSecretValue(LabOrdersTest.<Consumer<GetSecretValueRequest.Builder>>anything()))
                .thenReturn(GetSecretValueResponse.builder()
                        .secretString("{\"username\": \"postgres\", \"password\": \"guess\"}")
                        .build());
    }

    @Test
    void emptyDatabaseIsFilledWithWhatTheLabsChecksAskFor() throws SQLException {
        assertThat(orders.seed(LAB)).isEqualTo(100);

        assertThat(number("select count(*) from orders where total < 0")).isZero();
        assertThat(number("select count(*) from orders where updated_at > now() - interval '1 minute'"))
                .isEqualTo(100);
    }

    @Test
    void secondDeploymentChangesNothing() throws SQLException {
        orders.seed(LAB);
        execute("update orders set customer = 'somebody' where id = 7");
        execute("delete from orders where id = 8");

        assertThat(orders.seed(LAB)).isZero();

        assertThat(number("select count(*) from orders")).isEqualTo(99);
        assertThat(number("select count(*) from orders where customer = 'somebody'"))
                .isEqualTo(1);
    }

    @Test
    void tableOfSomebodyElseIsNeverWrittenTo() throws SQLException {
        execute("create table orders (id bigint, customer text, total numeric)");

        assertThat(orders.seed(LAB)).isZero();

        assertThat(number("select count(*) from orders")).isZero();
    }

    private static long number(String query) throws SQLException {
        try (var connection = connect("lab_orders");
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = connect("lab_orders");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:%d/%s".formatted(LocalPostgres.port(), database), "postgres", "guess");
    }

    private static <T> T anything() {
        return any();
    }
}
