package lifeboat.aws.dynamodb;

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
import lifeboat.reconcile.items.ItemComparison;
import lifeboat.reconcile.items.ItemRepairs;
import lifeboat.reconcile.items.ItemScans;
import lifeboat.reconcile.items.RepairLease;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.restore.CopyName;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A DynamoDB table and its restored copy, side by side. The live table's name stands for both.
public final class DynamoDbSides implements Sides {
    private static final int WRITES_AT_ONCE = 8;
    private final DynamoDbClient items;

    /// @param items a client built with [ItemClients]
    public DynamoDbSides(DynamoDbClient items) {
        this.items = items;
    }

    @Override
    public Comparison comparison(
            Resource resource,
            CopyName copy,
            Set<TableName> tables,
            Optional<String> explainedBy,
            List<PurgeRule> purges) {
        if (!Set.of(TableName.of(resource.physicalName())).containsAll(tables)) {
            throw new Invalid(
                    "LB-445",
                    "tables \"%s\" is not allowed: only the live table \"%s\""
                            .formatted(tables, resource.physicalName()));
        }
        return new ItemComparison(
                new DynamoDbItemTable(items, copy.value(), false),
                new DynamoDbItemTable(items, resource.physicalName(), true),
                explainedBy,
                purges,
                ItemScans.usual(new SecureRandom().nextLong()));
    }

    @Override
    public Repairs repairs(
            Resource resource, CopyName copy, Set<TableName> tables, Triggers triggers, RepairLease lease) {
        return new ItemRepairs(
                new DynamoDbItemTable(items, copy.value(), false),
                new DynamoDbItemTable(items, resource.physicalName(), true),
                lease,
                Optional.empty(),
                WRITES_AT_ONCE);
    }

    @Override
    public TableName table(Resource resource, String typed) {
        return TableName.of(typed);
    }
}
