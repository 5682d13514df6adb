package lifeboat.aws.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.integrity.Digest;
import lifeboat.integrity.TableContent;
import lifeboat.integrity.TableContent.Part;
import org.junit.jupiter.api.Test;

/// What tables held, in the ledger's table.
class DynamoDbContentRecordsTest {
    private static final WorkloadName SHOP = new WorkloadName("shop");
    private static final ResourceName ORDERS = new ResourceName("orders");
    private static final String LINES = "public.\"lines#2026\"";
    private static final Instant FIVE = Instant.parse("2026-11-20T05:00:00Z");
    private final DynamoDbContentRecords records =
            new DynamoDbContentRecords(LocalDynamoDb.client(), LedgerTable.create());

    @Test
    void newestUpToAnInstantIsFoundAsItWasWritten() {
        var yesterday = content(LINES, FIVE.minusSeconds(86_400), 1);
        var today = content(LINES, FIVE.plusNanos(5_000), 2);
        records.record(SHOP, ORDERS, today);
        records.record(SHOP, ORDERS, yesterday);

        assertThat(records.newest(SHOP, ORDERS, LINES, FIVE.plusSeconds(9))).contains(today);
        assertThat(records.newest(SHOP, ORDERS, LINES, FIVE.plusNanos(5_000))).contains(today);
        assertThat(records.newest(SHOP, ORDERS, LINES, FIVE)).contains(yesterday);
        assertThat(records.newest(SHOP, ORDERS, LINES, FIVE.minusSeconds(90_000)))
                .isEmpty();
    }

    @Test
    void tablesAndResourcesAreKeptApart() {
        var lines = content("public.lines", FIVE, 1);
        var orders = content("public.lines#2", FIVE, 2);
        records.record(SHOP, ORDERS, lines);
        records.record(SHOP, ORDERS, orders);

        assertThat(records.newest(SHOP, ORDERS, "public.lines", FIVE)).contains(lines);
        assertThat(records.newest(SHOP, ORDERS, "public.lines#2", FIVE)).contains(orders);
        assertThat(records.newest(SHOP, new ResourceName("other"), "public.lines", FIVE))
                .isEmpty();
    }

    @Test
    void whatWasWrittenFirstCounts() {
        var first = content(LINES, FIVE, 1);
        records.record(SHOP, ORDERS, first);
        records.record(SHOP, ORDERS, content(LINES, FIVE, 2));

        assertThat(records.newest(SHOP, ORDERS, LINES, FIVE)).contains(first);
    }

    private static TableContent content(String table, Instant until, long count) {
        var parts = new ArrayList<>(TableContent.nothing());
        parts.set(3, new Part(count, new Digest(-1, 7), Optional.of(FIVE.minusNanos(1_000))));
        parts.set(5, new Part(1, new Digest(2, -7), Optional.empty()));
        return new TableContent(table, "rule, with \"quotes\"", parts, until.minusSeconds(60), until);
    }
}
