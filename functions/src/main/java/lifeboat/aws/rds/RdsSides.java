package lifeboat.aws.rds;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.flow.Sides;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.mysql.MySqlComparison;
import lifeboat.reconcile.mysql.MySqlEndpoint;
import lifeboat.reconcile.mysql.MySqlRepairs;
import lifeboat.reconcile.postgres.Endpoint;
import lifeboat.reconcile.postgres.PostgresComparison;
import lifeboat.reconcile.postgres.PostgresRepairs;
import lifeboat.reconcile.postgres.Scope;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.restore.CopyName;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// The databases of an RDS instance and of its restored copy, side by side: PostgreSQL, MySQL and MariaDB.
public final class RdsSides implements Sides {
    private final RdsEndpoints endpoints;
    private final boolean tls;

    /// @param tls whether connections must be encrypted; only a local engine does without
    public RdsSides(RdsClient rds, SecretsManagerClient secrets, boolean tls) {
        this.endpoints = new RdsEndpoints(rds, secrets);
        this.tls = tls;
    }

    @Override
    public Comparison comparison(
            Resource resource,
            CopyName copy,
            Set<TableName> tables,
            Optional<String> explainedBy,
            List<PurgeRule> purges) {
        Url ofCopy = url(resource, copy.value());
        Url ofLive = url(resource, resource.physicalName());
        return switch (ofLive.engine()) {
            case POSTGRES ->
                PostgresComparison.open(
                        new Endpoint(ofCopy.text()),
                        new Endpoint(ofLive.text()),
                        new Scope(tables, explainedBy, purges),
                        new SecureRandom().nextLong());
            case MYSQL ->
                MySqlComparison.open(
                        new MySqlEndpoint(ofCopy.text()),
                        new MySqlEndpoint(ofLive.text()),
                        tables,
                        explainedBy,
                        purges);
        };
    }

    /// The database has a lock of its own; the lease is held for the time between the calls of a run.
    @Override
    public Repairs repairs(
            Resource resource, CopyName copy, Set<TableName> tables, Triggers triggers, RepairLease lease) {
        Url ofCopy = url(resource, copy.value());
        Url ofLive = url(resource, resource.physicalName());
        return switch (ofLive.engine()) {
            case POSTGRES ->
                PostgresRepairs.open(new Endpoint(ofCopy.text()), new Endpoint(ofLive.text()), tables, triggers);
            case MYSQL ->
                MySqlRepairs.open(new MySqlEndpoint(ofCopy.text()), new MySqlEndpoint(ofLive.text()), tables, triggers);
        };
    }

    /// Without a schema, PostgreSQL's `public` is meant; MySQL's schema is the database, which is always the same.
    @Override
    public TableName table(Resource resource, String typed) {
        if (engine(endpoints.instance(resource.physicalName())) == Engine.MYSQL) {
            return TableName.of(typed);
        }
        int dot = typed.indexOf('.');
        return dot < 0
                ? new TableName("public", typed)
                : new TableName(typed.substring(0, dot), typed.substring(dot + 1));
    }

    private enum Engine {
        POSTGRES,
        MYSQL
    }

    private record Url(Engine engine, String text) {}

    private Url url(Resource resource, String instance) {
        if (!(resource instanceof Resource.RdsInstance rds)) {
            throw new Invalid("LB-303", "resource \"%s\" is no RDS instance".formatted(resource.name()));
        }
        DBInstance there = endpoints.instance(instance);
        Engine engine = engine(there);
        var address = RdsEndpoints.address(there);
        var login = endpoints.login(rds.sql());
        String text = switch (engine) {
            case POSTGRES -> "jdbc:postgresql://%s:%d/%s?user=%s&password=%s&sslmode=%s&connectTimeout=10";
            case MYSQL -> "jdbc:mysql://%s:%d/%s?user=%s&password=%s&sslMode=%s&connectTimeout=10000";
        };
        String encrypted = engine == Engine.POSTGRES ? "require" : "trust";
        return new Url(
                engine,
                text.formatted(
                        address.host(),
                        address.port(),
                        encoded(rds.sql().database()),
                        encoded(login.user()),
                        encoded(login.password()),
                        tls ? encrypted : "disable"));
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
