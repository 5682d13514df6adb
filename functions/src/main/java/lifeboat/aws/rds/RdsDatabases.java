package lifeboat.aws.rds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.SqlAccess;
import lifeboat.integrity.sql.Databases;
import lifeboat.restore.CopyName;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// The databases on RDS instances, with the credentials of a secret. A restored copy has the users and passwords of its
/// source.
public final class RdsDatabases implements Databases {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECT_SECONDS = 10;

    /// A little more than the longest statement of a check may take.
    private static final int SOCKET_SECONDS = 870;

    private final RdsClient rds;
    private final SecretsManagerClient secrets;
    private final boolean tls;

    /// @param tls whether connections must be encrypted; only a local engine does without
    public RdsDatabases(RdsClient rds, SecretsManagerClient secrets, boolean tls) {
        this.rds = rds;
        this.secrets = secrets;
        this.tls = tls;
    }

    @Override
    public Connection live(Resource resource) throws SQLException {
        return connect(resource.physicalName(), access(resource));
    }

    @Override
    public Connection copy(Resource resource, CopyName copy) throws SQLException {
        return connect(copy.value(), access(resource));
    }

    private static SqlAccess access(Resource resource) {
        return switch (resource) {
            case Resource.RdsInstance instance -> instance.sql();
            case Resource.AuroraCluster _,
                    Resource.DynamoDbTable _,
                    Resource.S3Bucket _,
                    Resource.EfsFileSystem _,
                    Resource.EbsVolume _ ->
                throw new Invalid("LB-303", "resource \"%s\" is no RDS instance".formatted(resource.name()));
        };
    }

    private Connection connect(String identifier, SqlAccess access) throws SQLException {
        var source = postgres(instance(identifier));
        var secret = secret(access.credentials());
        source.setDatabaseName(access.database());
        source.setUser(field(secret, access, "username"));
        source.setPassword(field(secret, access, "password"));
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw explained(e, identifier, access);
        }
    }

    private DBInstance instance(String identifier) {
        return Instances.find(rds, identifier)
                .orElseThrow(() -> new Invalid(
                        "LB-301",
                        "instance \"%s\" does not exist in this region. hint: compare with rds in the environment file"
                                .formatted(identifier)));
    }

    private PGSimpleDataSource postgres(DBInstance instance) {
        if (!"postgres".equals(instance.engine())) {
            throw new Invalid(
                    "LB-303",
                    "instance \"%s\" runs engine \"%s\", which cannot be inspected yet: postgres"
                            .formatted(instance.dbInstanceIdentifier(), instance.engine()));
        }
        Endpoint endpoint = Optional.ofNullable(instance.endpoint())
                .orElseThrow(() -> new Invalid(
                        "LB-302",
                        "instance \"%s\" has no address, it is %s. hint: wait until it is available"
                                .formatted(instance.dbInstanceIdentifier(), instance.dbInstanceStatus())));
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {endpoint.address()});
        source.setPortNumbers(new int[] {endpoint.port()});
        source.setSslMode(tls ? "require" : "disable");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setTcpKeepAlive(true);
        source.setApplicationName("lifeboat");
        return source;
    }

    private JsonNode secret(String name) {
        try {
            var text = secrets.getSecretValue(request -> request.secretId(name)).secretString();
            return JSON.readTree(text == null ? "" : text);
        } catch (ResourceNotFoundException e) {
            throw new Invalid(
                    "LB-304",
                    "secret \"%s\" does not exist in this region. hint: create it, or replicate it here"
                            .formatted(name));
        } catch (JsonProcessingException e) {
            throw new Invalid("LB-305", "secret \"%s\" is no JSON: username and password are needed".formatted(name));
        }
    }

    private static String field(JsonNode secret, SqlAccess access, String field) {
        var value = secret.path(field);
        if (!value.isTextual()) {
            throw new Invalid(
                    "LB-305",
                    "secret \"%s\" holds no \"%s\": username and password are needed"
                            .formatted(access.credentials(), field));
        }
        return value.textValue();
    }

    /// What the database refuses for good, in the words of the environment file.
    ///
    /// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes</a>
    private static Invalid explained(SQLException e, String identifier, SqlAccess access) throws SQLException {
        return switch (String.valueOf(e.getSQLState())) {
            case "3D000" ->
                new Invalid(
                        "LB-306", "database \"%s\" does not exist on \"%s\"".formatted(access.database(), identifier));
            case "28P01", "28000" ->
                new Invalid(
                        "LB-307",
                        "\"%s\" refuses the credentials of secret \"%s\". hint: were they rotated since the point in time?"
                                .formatted(identifier, access.credentials()));
            default -> throw e;
        };
    }
}
