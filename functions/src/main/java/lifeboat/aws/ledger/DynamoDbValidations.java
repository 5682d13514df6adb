package lifeboat.aws.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.WorkloadName;
import lifeboat.validation.Validations;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the daily validation found, in the table of the ledger.
public final class DynamoDbValidations implements Validations {
    private static final Duration KEPT = Duration.ofDays(400);
    private final DynamoDbClient dynamoDb;
    private final String table;

    /// Keeps them in the ledger's table.
    public DynamoDbValidations(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public void record(WorkloadName workload, Entry entry) {
        var item = Items.key(Keys.validations(workload), second(entry.at()))
                .number("passed", entry.passed())
                .texts("failures", entry.failures())
                .texts("gaps", entry.gaps())
                .number("expiresAt", entry.at().plus(KEPT).getEpochSecond());
        dynamoDb.putItem(request -> request.tableName(table).item(item.attributes()));
    }

    @Override
    public Optional<Entry> newest(WorkloadName workload, Instant until) {
        return dynamoDb
                .query(request -> request.tableName(table)
                        .keyConditionExpression("pk = :workload AND sk <= :until")
                        .expressionAttributeValues(Map.of(
                                ":workload", AttributeValue.fromS(Keys.validations(workload)),
                                ":until", AttributeValue.fromS(second(until))))
                        .scanIndexForward(false)
                        .limit(1))
                .items()
                .stream()
                .map(DynamoDbValidations::entry)
                .findFirst();
    }

    @Override
    public List<Entry> within(WorkloadName workload, Instant from, Instant until) {
        return dynamoDb
                .queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression("pk = :workload AND sk BETWEEN :from AND :until")
                        .expressionAttributeValues(Map.of(
                                ":workload", AttributeValue.fromS(Keys.validations(workload)),
                                ":from", AttributeValue.fromS(second(from)),
                                ":until", AttributeValue.fromS(second(until)))))
                .items()
                .stream()
                .map(DynamoDbValidations::entry)
                .toList();
    }

    private static Entry entry(Map<String, AttributeValue> attributes) {
        var item = Items.of(attributes);
        return new Entry(
                Instant.parse(item.text("sk")),
                Math.toIntExact(item.number("passed").orElseThrow()),
                item.texts("failures"),
                item.texts("gaps"));
    }

    /// Texts of one length, so that their order is that of time.
    private static String second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
