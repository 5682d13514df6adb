package lifeboat.aws.rds;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.catalog.Resource;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.TypedName;
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
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// The databases of an RDS instance and of its restored copy, side by side: PostgreSQL, MySQL and MariaDB.
public final class RdsSides implements Sides {
    private final RdsUrls urls;

    /// @param tls whether connections must be encrypted; only a local engine does without
    public RdsSides(RdsClient rds, SecretsManagerClient secrets, boolean tls) {
        this.urls = new RdsUrls(rds, secrets, tls);
    }

    @Override
    public Comparison comparison(
            Resource resource,
            CopyName copy,
            Set<TableName> tables,
            Optional<String> explainedBy,
            List<PurgeRule> purges) {
        RdsUrls.Url ofCopy = urls.reading(resource, copy.value());
        RdsUrls.Url ofLive = urls.reading(resource, resource.physicalName());
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
        RdsUrls.Url ofCopy = urls.reading(resource, copy.value());
        RdsUrls.Url ofLive = urls.writing(resource, resource.physicalName());
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
        return urls.engine(resource.physicalName()) == RdsUrls.Engine.MYSQL
                ? TableName.of(TypedName.name(typed))
                : TypedName.inSchema(typed, "public");
    }
}
