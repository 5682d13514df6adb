package lifeboat.aws.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.integrity.Digest;
import lifeboat.integrity.RecordedFiles;
import lifeboat.integrity.RecordedTables;
import lifeboat.integrity.RowDigest;
import lifeboat.integrity.TableContent;
import org.junit.jupiter.api.Test;

/// What tables held, in the ledger's table.
class DynamoDbContentRecordsTest {
    private static final WorkloadName SHOP = new WorkloadName("shop");
    private static final ResourceName ORDERS = new ResourceName("orders");
    private static final String LINES = "public.\"lines#2026\"";
    private static final Instant FIVE = Instant.parse("2026-11-20T05:00:00Z");
    private final String table = LedgerTable.create();
    private final DynamoDbContentRecords records = new DynamoDbContentRecords(LocalDynamoDb.client(), table);

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

    @Test
    void tablesThatLiveHadAreFoundAsTheyWereWritten() {
        var yesterday = new RecordedTables(List.of("public.b", "public.a", "public.a"), FIVE.minusSeconds(86_400));
        var today = new RecordedTables(List.of("public.a"), FIVE);
        records.record(SHOP, ORDERS, today);
        records.record(SHOP, ORDERS, yesterday);

        assertThat(records.tables(SHOP, ORDERS, FIVE)).contains(today);
        assertThat(records.tables(SHOP, ORDERS, FIVE.minusNanos(1))).contains(yesterday);
        assertThat(yesterday.names()).containsExactly("public.a", "public.b");
        assertThat(records.tables(SHOP, new ResourceName("other"), FIVE)).isEmpty();
    }

    @Test
    void filesOfLiveAreFoundAsTheyWereMeasured() {
        var yesterday = files(FIVE.minusSeconds(86_400), 20_000);
        var today = files(FIVE, 1);
        records.record(SHOP, ORDERS, today);
        records.record(SHOP, ORDERS, yesterday);
        records.record(SHOP, ORDERS, new RecordedTables(List.of(), FIVE));

        assertThat(records.files(SHOP, ORDERS, FIVE)).contains(today);
        assertThat(records.files(SHOP, ORDERS, FIVE.minusNanos(1))).contains(yesterday);
        assertThat(records.files(SHOP, new ResourceName("other"), FIVE)).isEmpty();
        assertThat(yesterday.text().length()).isLessThan(350_000);
    }

    private static RecordedFiles files(Instant until, int count) {
        var random = new Random(7);
        return new RecordedFiles(
                LongStream.range(0, count)
                        .boxed()
                        .collect(Collectors.toMap(
                                i -> 16_384 + 3 * i,
                                _ -> new RecordedFiles.Length(random.nextInt(), random.nextInt(4_000_000)))),
                until);
    }

    @Test
    void recordOfTheFormerFormIsReadAndIsOfAnotherRule() {
        var item = Items.key(Keys.content(SHOP, ORDERS, LINES), Keys.sortable(FIVE))
                .text("table", LINES)
                .text("rule", "rule, with \"quotes\"")
                .text("readFrom", FIVE.toString())
                .text("readUntil", FIVE.toString())
                .number("rows", 7)
                .texts("parts", List.of("7 " + new Digest(1, 2) + " -"));
        LocalDynamoDb.client().putItem(put -> put.tableName(table).item(item.attributes()));

        assertThat(records.newest(SHOP, ORDERS, LINES, FIVE)).hasValueSatisfying(old -> {
            assertThat(old.rule()).isEqualTo("rule, with \"quotes\", in parts");
            assertThat(old.count()).isEqualTo(7);
        });
    }

    private static TableContent content(String table, Instant until, long count) {
        var rows = new TableContent.Rows(Optional.empty());
        for (var i = 0; i < count; i++) {
            rows.add(new RowDigest(i, count, Optional.empty()));
        }
        return rows.content(table, "rule, with \"quotes\"", until.minusSeconds(60), until);
    }
}
