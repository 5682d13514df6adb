package lifeboat.aws.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import lifeboat.catalog.WorkloadName;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.validation.Validations.Entry;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class DynamoDbValidationsTest {
    private static final WorkloadName SHOP = new WorkloadName("shop");
    private static final WorkloadName OTHER = new WorkloadName("shop-2");
    private static final Instant FIVE = Instant.parse("2026-11-20T05:00:00Z");
    private final String table = LocalDynamoDb.tableName("ledger");
    private final DynamoDbValidations validations = new DynamoDbValidations(LocalDynamoDb.client(), table);

    DynamoDbValidationsTest() {
        LocalDynamoDb.client()
                .createTable(request -> request.tableName(table)
                        .keySchema(List.of(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)))
                        .attributeDefinitions(List.of(text("pk"), text("sk")))
                        .billingMode("PAY_PER_REQUEST"));
    }

    @Test
    void newestEntryUpToAnInstantIsFound() {
        var yesterday = entry(FIVE.minusSeconds(86_400), 1);
        var today = entry(FIVE, 2);
        validations.record(SHOP, today);
        validations.record(SHOP, yesterday);
        validations.record(OTHER, entry(FIVE.plusSeconds(1), 3));

        assertThat(validations.newest(SHOP, FIVE.plusSeconds(9))).contains(today);
        assertThat(validations.newest(SHOP, FIVE)).contains(today);
        assertThat(validations.newest(SHOP, FIVE.minusSeconds(1))).contains(yesterday);
        assertThat(validations.newest(SHOP, FIVE.minusSeconds(90_000))).isEmpty();
    }

    /// A quarter is larger than one page of an answer.
    @Test
    void everyEntryOfASpanIsFoundHoweverManyPagesItHas() {
        var many = Collections.nCopies(200, "x".repeat(400));
        var quarter = IntStream.range(0, 92)
                .mapToObj(day -> new Entry(FIVE.plusSeconds(86_400L * day), 1, many, List.of()))
                .toList();
        quarter.reversed().forEach(entry -> validations.record(SHOP, entry));
        validations.record(OTHER, entry(FIVE.plusSeconds(1), 3));

        assertThat(validations.within(SHOP, FIVE, FIVE.plusSeconds(86_400L * 91)))
                .isEqualTo(quarter);
        assertThat(validations.within(SHOP, FIVE.plusSeconds(1), FIVE.plusSeconds(86_400L * 91 - 1)))
                .isEqualTo(quarter.subList(1, 91));
        assertThat(validations.within(SHOP, FIVE.minusSeconds(9), FIVE.minusSeconds(1)))
                .isEmpty();
    }

    @Test
    void sameLookWrittenTwiceIsOneEntry() {
        validations.record(SHOP, entry(FIVE, 1));
        validations.record(SHOP, entry(FIVE.plusMillis(400), 1));

        assertThat(LocalDynamoDb.client()
                        .scan(request -> request.tableName(table))
                        .items())
                .hasSize(1);
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static Entry entry(Instant at, int passed) {
        return new Entry(at, passed, List.of("failed"), List.of());
    }
}
