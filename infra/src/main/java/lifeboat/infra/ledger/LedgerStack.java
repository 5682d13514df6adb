package lifeboat.infra.ledger;

import java.util.List;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ReplicaTableProps;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.constructs.Construct;

/// Where every recovery, copy, finding and verdict is written down: one table, replicated to the recovery region.
///
/// It is kept when the stack goes, refuses to be deleted where the environment file says so, and can itself be
/// restored to any second.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html">Global
///     tables</a>
public final class LedgerStack extends Stack {
    public LedgerStack(Construct scope, Site site) {
        super(
                scope,
                site.stack("ledger"),
                site.properties("the ledger of every recovery. Kept when this stack is deleted."));
        ledger(site);
    }

    private void ledger(Site site) {
        TableV2.Builder.create(this, "Ledger")
                .tableName(site.ledgerName())
                .partitionKey(text("pk"))
                .sortKey(text("sk"))
                .globalSecondaryIndexes(List.of(
                        index("byWorkload", "gsi1pk", "gsi1sk"), // the recoveries of a workload, newest first
                        index("open", "gsi2pk", "gsi2sk"))) // sparse: what is not closed yet, for the sweeper
                .billing(Billing.onDemand())
                .encryption(TableEncryptionV2.awsManagedKey())
                .timeToLiveAttribute("expiresAt")
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .deletionProtection(site.environment().deployment().deletionProtection())
                .replicas(List.of(ReplicaTableProps.builder()
                        .region(site.environment().recoveryRegion().value())
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }

    private static GlobalSecondaryIndexPropsV2 index(String name, String partition, String sort) {
        return GlobalSecondaryIndexPropsV2.builder()
                .indexName(name)
                .partitionKey(text(partition))
                .sortKey(text(sort))
                .build();
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
