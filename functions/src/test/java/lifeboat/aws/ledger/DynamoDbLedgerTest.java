package lifeboat.aws.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lifeboat.catalog.Environment;
import lifeboat.catalog.RegionName;
import lifeboat.catalog.Resource;
import lifeboat.catalog.ResourceName;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.recovery.CopyEvent;
import lifeboat.recovery.Example;
import lifeboat.recovery.Mode;
import lifeboat.recovery.Recovery;
import lifeboat.recovery.RecoveryLedger;
import lifeboat.recovery.RecoveryLedgerContractTest;
import lifeboat.recovery.RecoveryRequest;
import lifeboat.restore.Target;
import org.junit.jupiter.api.Test;

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
                        Example.ORDERS);
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

        assertThat(east.openCopies(Example.START.plusSeconds(1)))
                .extracting(RecoveryLedger.OpenCopy::recovery)
                .containsOnly(Example.ID)
                .hasSize(2);
        assertThat(west.openCopies(Example.START.plusSeconds(1)))
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

        assertThat(ledger.openCopies(Example.START.plusSeconds(1))).hasSize(89);
    }

    private RecoveryLedger ledger(Environment environment) {
        return new DynamoDbLedger(LocalDynamoDb.client(), table, environment);
    }
}
