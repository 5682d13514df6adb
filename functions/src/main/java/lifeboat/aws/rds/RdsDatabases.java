package lifeboat.aws.rds;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.SqlAccess;
import lifeboat.integrity.sql.Databases;
import lifeboat.restore.CopyName;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// The databases on RDS instances, with the credentials of a secret. A restored copy has the users and passwords
/// of its source.
public final class RdsDatabases implements Databases {
    private static final int CONNECT_SECONDS = 10;

    /// A little more than the longest statement of a check may take.
    private static final int SOCKET_SECONDS = 870;

    private final RdsEndpoints endpoints;
    private final ServerTrust trust;

    /// @param tls whether connections must be encrypted and servers proven to be RDS's; only a local engine does
    ///     without
    public RdsDatabases(RdsClient rds, SecretsManagerClient secrets, boolean tls) {
        this(rds, secrets, ServerTrust.of(tls));
    }

    RdsDatabases(RdsClient rds, SecretsManagerClient secrets, ServerTrust trust) {
        this.endpoints = new RdsEndpoints(rds, secrets);
        this.trust = trust;
    }

    @Override
    public Connection live(Resource resource) throws SQLException {
        SqlAccess access = access(resource);
        try {
            return login(resource.physicalName(), access, endpoints::reader);
        } catch (SQLException e) {
            throw explained(e, resource.physicalName(), access);
        }
    }

    @Override
    public Connection copy(Resource resource, CopyName copy) throws SQLException {
        SqlAccess access = access(resource);
        try {
            return loginToCopy(copy.value(), access);
        } catch (SQLException e) {
            throw RdsEndpoints.refusesLogin(e)
                    ? RdsEndpoints.copyRefusesLogin(copy.value(), access)
                    : explained(e, copy.value(), access);
        }
    }

    private Connection loginToCopy(String copy, SqlAccess access) throws SQLException {
        try {
            return login(copy, access, endpoints::reader);
        } catch (SQLException e) {
            Optional<RdsEndpoints.Login> earlier =
                    RdsEndpoints.refusesLogin(e) ? endpoints.earlierReader(access) : Optional.empty();
            if (earlier.isEmpty()) {
                throw e;
            }
            return login(copy, access, _ -> earlier.get());
        }
    }

    /// Live as who may write, for the lab alone.
    Connection writable(Resource.RdsInstance database) throws SQLException {
        var source = postgres(endpoints.instance(database.instance()));
        var login = endpoints.writer(database.sql());
        source.setDatabaseName(database.sql().database());
        source.setUser(login.user());
        source.setPassword(login.password());
        return source.getConnection();
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

    private Connection login(String identifier, SqlAccess access, Function<SqlAccess, RdsEndpoints.Login> who)
            throws SQLException {
        var source = postgres(endpoints.instance(identifier));
        var login = who.apply(access);
        source.setDatabaseName(access.database());
        source.setUser(login.user());
        source.setPassword(login.password());
        return ReadOnlyLogin.proven(source.getConnection(), access);
    }

    private PGSimpleDataSource postgres(DBInstance instance) {
        if (!"postgres".equals(instance.engine())) {
            throw new Invalid(
                    "LB-303",
                    "instance \"%s\" runs engine \"%s\", which cannot be inspected yet: postgres"
                            .formatted(instance.dbInstanceIdentifier(), instance.engine()));
        }
        var address = RdsEndpoints.address(instance);
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {address.host()});
        source.setPortNumbers(new int[] {address.port()});
        source.setSslMode(trust.authorities().isPresent() ? "verify-full" : "disable");
        trust.authorities().map(Path::toString).ifPresent(source::setSslRootCert);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setTcpKeepAlive(true);
        source.setApplicationName("lifeboat");
        return source;
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
                        "\"%s\" refuses the credentials of secret \"%s\". hint: compare the secret with the database's users"
                                .formatted(identifier, access.readingCredentials()));
            default -> throw e;
        };
    }
}
