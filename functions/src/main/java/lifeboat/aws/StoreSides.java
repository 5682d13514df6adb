package lifeboat.aws;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import lifeboat.aws.dynamodb.DynamoDbSides;
import lifeboat.aws.rds.RdsSides;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Resource;
import lifeboat.reconcile.Comparison;
import lifeboat.reconcile.Repairs;
import lifeboat.reconcile.Rules.PurgeRule;
import lifeboat.reconcile.TableName;
import lifeboat.reconcile.flow.Sides;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.restore.CopyName;

/// Copies and live of every kind of store that can be reconciled, in the region that live is in.
public final class StoreSides implements Sides {
    private final Clients clients;
    private final boolean away;
    private final boolean sqlTls;

    /// @param away whether live is in another region
    /// @param sqlTls whether connections to databases must be encrypted
    public StoreSides(Clients clients, boolean away, boolean sqlTls) {
        this.clients = clients;
        this.away = away;
        this.sqlTls = sqlTls;
    }

    @Override
    public Comparison comparison(
            Resource resource,
            CopyName copy,
            Set<TableName> tables,
            Optional<String> explainedBy,
            List<PurgeRule> purges) {
        return of(resource).comparison(resource, copy, tables, explainedBy, purges);
    }

    @Override
    public Repairs repairs(
            Resource resource, CopyName copy, Set<TableName> tables, Triggers triggers, RepairLease lease) {
        return of(resource).repairs(resource, copy, tables, triggers, lease);
    }

    @Override
    public TableName table(Resource resource, String typed) {
        return of(resource).table(resource, typed);
    }

    private Sides of(Resource resource) {
        if (away) {
            throw new Invalid("LB-457", "live is in another region. hint: call the function of that region");
        }
        return switch (resource) {
            case Resource.DynamoDbTable _ -> new DynamoDbSides(clients.items());
            case Resource.RdsInstance _ -> new RdsSides(clients.rds(), clients.secrets(), sqlTls);
            case Resource.AuroraCluster _, Resource.S3Bucket _, Resource.EfsFileSystem _, Resource.EbsVolume _ ->
                throw new Invalid(
                        "LB-456",
                        "resource \"%s\" is in store %s, which cannot be compared: dynamodb, rds"
                                .formatted(resource.name(), resource.store()));
        };
    }
}
