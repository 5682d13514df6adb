package lifeboat.aws.rds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.SqlAccess;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Where the databases of RDS instances are reached, and by whom.
final class RdsEndpoints {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final RdsClient rds;
    private final SecretsManagerClient secrets;

    RdsEndpoints(RdsClient rds, SecretsManagerClient secrets) {
        this.rds = rds;
        this.secrets = secrets;
    }

    /// Where an instance is reached.
    record Address(String host, int port) {}

    /// Who logs in.
    record Login(String user, String password) {}

    /// The instance of that identifier.
    ///
    /// @throws Invalid where there is none
    DBInstance instance(String identifier) {
        return Instances.find(rds, identifier)
                .orElseThrow(() -> new Invalid(
                        "LB-301",
                        "instance \"%s\" does not exist in this region. hint: compare with rds in the environment file"
                                .formatted(identifier)));
    }

    /// Where it is reached.
    ///
    /// @throws Invalid where it has no address yet
    static Address address(DBInstance instance) {
        Endpoint endpoint = Optional.ofNullable(instance.endpoint())
                .orElseThrow(() -> new Invalid(
                        "LB-302",
                        "instance \"%s\" has no address, it is %s. hint: wait until it is available"
                                .formatted(instance.dbInstanceIdentifier(), instance.dbInstanceStatus())));
        return new Address(endpoint.address(), endpoint.port());
    }

    /// The user and password of whoever only reads.
    ///
    /// @throws Invalid where the secret is not there, or holds something else
    Login reader(SqlAccess access) {
        return login(access.readingCredentials());
    }

    /// The user and password of whoever repairs.
    ///
    /// @throws Invalid where the secret is not there, or holds something else
    Login writer(SqlAccess access) {
        return login(access.credentials());
    }

    /// Who read before the secret was rotated last: a copy knows the passwords of its point in time.
    ///
    /// @return empty where the secret has no earlier version
    Optional<Login> earlierReader(SqlAccess access) {
        String name = access.readingCredentials();
        try {
            return Optional.of(login(name, secret(name, "AWSPREVIOUS")));
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    /// A copy refuses every version of the secret: what to do, since no password of it is ever changed by itself.
    static Invalid copyRefusesLogin(String copy, SqlAccess access) {
        return new Invalid(
                "LB-307",
                "copy \"%s\" refuses the current and the previous credentials of secret \"%s\": it has the passwords of its point in time. hint: give its user the secret's password, on the copy only: aws rds modify-db-instance --db-instance-identifier %s --master-user-password ... --apply-immediately for the master user, ALTER USER for another"
                        .formatted(copy, access.readingCredentials(), copy));
    }

    /// Whether a server refuses who logs in, by the SQL states that PostgreSQL, MySQL and MariaDB have for it.
    static boolean refusesLogin(SQLException e) {
        return Set.of("28P01", "28000").contains(String.valueOf(e.getSQLState()));
    }

    private Login login(String name) {
        try {
            return login(name, secret(name, "AWSCURRENT"));
        } catch (ResourceNotFoundException e) {
            throw new Invalid(
                    "LB-304",
                    "secret \"%s\" does not exist in this region. hint: create it, or replicate it here"
                            .formatted(name));
        }
    }

    private static Login login(String name, JsonNode secret) {
        return new Login(field(secret, name, "username"), field(secret, name, "password"));
    }

    private JsonNode secret(String name, String stage) {
        try {
            var text = secrets.getSecretValue(request -> request.secretId(name).versionStage(stage))
                    .secretString();
            return JSON.readTree(text == null ? "" : text);
        } catch (JsonProcessingException e) {
            throw new Invalid("LB-305", "secret \"%s\" is no JSON: username and password are needed".formatted(name));
        }
    }

    private static String field(JsonNode secret, String name, String field) {
        var value = secret.path(field);
        if (!value.isTextual()) {
            throw new Invalid(
                    "LB-305", "secret \"%s\" holds no \"%s\": username and password are needed".formatted(name, field));
        }
        return value.textValue();
    }
}
