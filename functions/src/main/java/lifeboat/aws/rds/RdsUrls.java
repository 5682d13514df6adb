package lifeboat.aws.rds;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Function;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.catalog.SqlAccess;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// The databases of RDS instances as JDBC addresses, with who logs in.
final class RdsUrls {
    private final RdsEndpoints endpoints;
    private final ServerTrust trust;

    /// @param tls whether connections must be encrypted and servers proven to be RDS's; only a local engine does
    ///     without
    RdsUrls(RdsClient rds, SecretsManagerClient secrets, boolean tls) {
        this(rds, secrets, ServerTrust.of(tls));
    }

    RdsUrls(RdsClient rds, SecretsManagerClient secrets, ServerTrust trust) {
        this.endpoints = new RdsEndpoints(rds, secrets);
        this.trust = trust;
    }

    /// What a database speaks.
    enum Engine {
        POSTGRES,
        MYSQL
    }

    /// Where a database is, and what it speaks.
    record Url(Engine engine, String text) {}

    /// The database of a resource, on that instance, for whoever only reads.
    ///
    /// @throws Invalid where the reader could write
    Url reading(Resource resource, String instance) {
        Url url = of(resource, instance, endpoints::reader);
        if (!instance.equals(resource.physicalName()) && refused(url)) {
            url = of(
                    resource,
                    instance,
                    access -> endpoints
                            .earlierReader(access)
                            .orElseThrow(() -> RdsEndpoints.copyRefusesLogin(instance, access)));
            if (refused(url)) {
                throw RdsEndpoints.copyRefusesLogin(instance, sql(resource));
            }
        }
        ReadOnlyLogin.prove(url.text(), sql(resource));
        return url;
    }

    /// Whether the server knows this user by another password, or not at all. Whatever else is wrong shows when the
    /// database is used.
    private static boolean refused(Url url) {
        try (Connection _ = DriverManager.getConnection(url.text())) {
            return false;
        } catch (SQLException e) {
            return RdsEndpoints.refusesLogin(e);
        }
    }

    /// The same for whoever repairs.
    Url writing(Resource resource, String instance) {
        return of(resource, instance, endpoints::writer);
    }

    private static SqlAccess sql(Resource resource) {
        if (!(resource instanceof Resource.RdsInstance rds)) {
            throw new Invalid("LB-303", "resource \"%s\" is no RDS instance".formatted(resource.name()));
        }
        return rds.sql();
    }

    private Url of(Resource resource, String instance, Function<SqlAccess, RdsEndpoints.Login> who) {
        SqlAccess sql = sql(resource);
        DBInstance there = endpoints.instance(instance);
        Engine engine = engine(there);
        var address = RdsEndpoints.address(there);
        var login = who.apply(sql);
        String text = switch (engine) {
            case POSTGRES -> "jdbc:postgresql://%s:%d/%s?user=%s&password=%s&%s&connectTimeout=10";
            case MYSQL -> "jdbc:mysql://%s:%d/%s?user=%s&password=%s&%s&connectTimeout=10000";
        };
        return new Url(
                engine,
                text.formatted(
                        address.host(),
                        address.port(),
                        encoded(sql.database()),
                        encoded(login.user()),
                        encoded(login.password()),
                        tls(engine)));
    }

    private String tls(Engine engine) {
        return switch (engine) {
            case POSTGRES ->
                trust.authorities()
                        .map("sslmode=verify-full&sslrootcert=%s"::formatted)
                        .orElse("sslmode=disable");
            case MYSQL ->
                trust.authorities()
                        .map("sslMode=verify-full&serverSslCert=%s"::formatted)
                        .orElse("sslMode=disable");
        };
    }

    /// What the databases of an instance speak.
    Engine engine(String instance) {
        return engine(endpoints.instance(instance));
    }

    private static Engine engine(DBInstance instance) {
        return switch (String.valueOf(instance.engine())) {
            case "postgres" -> Engine.POSTGRES;
            case "mysql", "mariadb" -> Engine.MYSQL;
            default ->
                throw new Invalid(
                        "LB-456",
                        "instance \"%s\" runs engine \"%s\", which cannot be compared: postgres, mysql, mariadb"
                                .formatted(instance.dbInstanceIdentifier(), instance.engine()));
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
