package lifeboat.aws.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Environment;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.SqlAccess;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.objective.Assessment;
import lifeboat.objective.Standing;
import lifeboat.recovery.ClosedVerdict;
import lifeboat.recovery.CopyEvent;
import lifeboat.recovery.Example;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryLedger;
import lifeboat.recovery.RecoveryLedgerContractTest;
import lifeboat.recovery.RecoveryRequest;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The contract of the ledger on DynamoDB, and what only a table that outlives deployments and regions must stand.
class DynamoDbLedgerTest extends RecoveryLedgerContractTest {
    private static final RegionName WEST = new RegionName("us-west-2");
    private final String table = LedgerTable.create();

    @Override
    protected RecoveryLedger empty(Environment environment) {
        return ledger(environment);
    }

    @Test
    void aResourceThatLeftTheCatalogIsRememberedAsWhatItWasSoThatItsCopyCanBeSwept() {
        ledger(Example.environment()).open(Example.planned());

        Recovery found =
                ledger(Example.environment(Example.crowd(1))).find(Example.ID).orElseThrow();

        assertThat(found.copies())
                .extracting(entry -> entry.copy().source())
                .containsExactlyInAnyOrder(
                        new Resource.DynamoDbTable(
                                Example.PRODUCTS.name(), "techmoda-products", Optional.empty(), List.of()),
                        new Resource.RdsInstance(
                                Example.ORDERS.name(),
                                "techmoda-orders",
                                new SqlAccess("orders", "techmoda/orders"),
                                Optional.empty(),
                                List.of()));
    }

    @Test
    void aResourceThatMovedToAnotherStoreOrNameIsStillTheOneThatWasCopied() {
        ledger(Example.environment()).open(Example.planned());
        Resource products = new Resource.DynamoDbTable(
                Example.PRODUCTS.name(), "techmoda-products-v2", Optional.empty(), List.of());
        Resource orders =
                new Resource.DynamoDbTable(new ResourceName("orders"), "techmoda-orders", Optional.empty(), List.of());

        Recovery found = ledger(Example.environment(Example.workload("catalog", products, orders)))
                .find(Example.ID)
                .orElseThrow();

        assertThat(found.copies())
                .extracting(entry -> entry.copy().source().store() + " "
                        + entry.copy().source().physicalName())
                .containsExactlyInAnyOrder("dynamodb techmoda-products", "rds techmoda-orders");
    }

    @Test
    void onlyTheCopiesOfTheOwnRegionAreOpenHere() {
        RecoveryLedger east = ledger(Example.environment());
        RecoveryLedger west = new DynamoDbLedger(LocalDynamoDb.client(), table, Example.environment(), WEST);
        east.open(Example.planned());
        RecoveryRequest away = Example.request(Mode.DRILL, new Target.LatestRecoveryPoint());
        west.open(Example.planned(Example.OTHER_ID, away));

        assertThat(east.openCopies(Example.START.plusSeconds(1)).copies())
                .extracting(RecoveryLedger.OpenCopy::recovery)
                .containsOnly(Example.ID)
                .hasSize(2);
        assertThat(west.openCopies(Example.START.plusSeconds(1)).copies())
                .extracting(RecoveryLedger.OpenCopy::recovery)
                .containsOnly(Example.OTHER_ID)
                .hasSize(2);
        assertThat(west.find(Example.ID)).isPresent();
    }

    @Test
    void aLedgerOfHundredsOfCopiesIsReadToItsEnd() {
        RecoveryLedger ledger = ledger(Example.environment());
        Resource[] tables = Example.crowd(90).resources().toArray(Resource[]::new);
        ledger.open(Example.planned(Example.ID, Example.drill(), Example.START, tables));
        ledger.record(Example.ID, new ResourceName("table-90"), new CopyEvent.Gone(Example.START));

        assertThat(ledger.openCopies(Example.START.plusSeconds(1)).copies()).hasSize(89);
    }

    @Test
    void theVerdictIsInAPartitionOfItsOwn() {
        RecoveryLedger ledger = ledger(Example.environment());
        ledger.open(Example.planned());
        ledger.close(Example.ID, new Assessment(Example.planned().objectives(), List.of()), Example.START);

        assertThat(partition("RECOVERY#" + Example.ID)).noneMatch(item -> item.containsKey("standing"));
        assertThat(partition("VERDICT#" + Example.ID)).hasSize(1).first().satisfies(item -> {
            assertThat(item.get("standing").s()).isEqualTo("UNMEASURED");
            assertThat(item.get("digest").s())
                    .isEqualTo(ClosedVerdict.of(item.get("verdict").s()).digest());
        });
    }

    @Test
    void aVerdictThatIsForgedIntoTheRecoveryCountsForNothing() {
        RecoveryLedger ledger = ledger(Example.environment());
        ledger.open(Example.planned());
        change("RECOVERY#" + Example.ID, "RECOVERY", "SET standing = :value, closedAt = :value", "MET");

        assertThat(ledger.find(Example.ID).orElseThrow().closedAt()).isEmpty();
        assertThat(ledger.history(Example.CATALOG, 1).getFirst().result()).isEmpty();
    }

    @Test
    void anEntryThatCannotBeReadHidesNoOtherAndIsNeverMet() {
        RecoveryLedger ledger = ledger(Example.environment());
        ledger.open(Example.planned());
        ledger.close(Example.ID, new Assessment(Example.planned().objectives(), List.of()), Example.START);
        RecoveryRequest other = Example.request(Mode.DRILL, new Target.LatestRecoveryPoint());
        ledger.open(Example.planned(Example.OTHER_ID, other));
        change("RECOVERY#" + Example.OTHER_ID, "RECOVERY", "SET #mode = :value", "NO_SUCH_MODE");

        assertThat(ledger.history(Example.CATALOG, 5))
                .hasSize(2)
                .allSatisfy(summary ->
                        assertThat(summary.result().orElseThrow().standing()).isEqualTo(Standing.UNMEASURED));
        assertThat(ledger.execution(Example.OTHER_ID)).isPresent();
    }

    @Test
    void anUnreadableLockDoesNotStandInTheWayOfTheNextRecovery() {
        RecoveryLedger ledger = ledger(Example.environment());
        ledger.open(Example.planned());
        change(Keys.request(Example.drill()), "RUNNING", "REMOVE recovery", "");

        assertThat(ledger.underway(Example.drill(), Example.START)).isEmpty();
        assertThat(ledger.open(Example.planned(Example.OTHER_ID, Example.drill()))
                        .id())
                .isEqualTo(Example.OTHER_ID);
    }

    @Test
    void anUnreadableCopyKeepsNoOtherFromBeingSweptAndIsSaid() {
        RecoveryLedger ledger = ledger(Example.environment());
        ledger.open(Example.planned());
        change("RECOVERY#" + Example.ID, "COPY#products", "REMOVE #resource", "");

        RecoveryLedger.OpenCopies open = ledger.openCopies(Example.START.plusSeconds(1));

        assertThat(open.copies()).extracting(RecoveryLedger.OpenCopy::resource).containsExactly(Example.ORDERS.name());
        assertThat(open.unreadable())
                .singleElement()
                .asString()
                .contains("RECOVERY#" + Example.ID + "/COPY#products", "resource");
    }

    private List<Map<String, AttributeValue>> partition(String pk) {
        return LocalDynamoDb.client()
                .query(query -> query.tableName(table)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk))))
                .items();
    }

    /// What no code of ours does.
    private void change(String pk, String sk, String expression, String value) {
        LocalDynamoDb.client().updateItem(update -> {
            update.tableName(table)
                    .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)))
                    .updateExpression(expression);
            if (expression.contains("#mode")) {
                update.expressionAttributeNames(Map.of("#mode", "mode"));
            }
            if (expression.contains("#resource")) {
                update.expressionAttributeNames(Map.of("#resource", "resource"));
            }
            if (!value.isEmpty()) {
                update.expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value)));
            }
        });
    }

    private RecoveryLedger ledger(Environment environment) {
        return new DynamoDbLedger(LocalDynamoDb.client(), table, environment);
    }
}
