package lifeboat.aws.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import lifeboat.report.Period;
import lifeboat.report.SentReports;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The reports that were sent, in the ledger's table.
public final class DynamoDbSentReports implements SentReports {
    private static final Duration KEPT = Duration.ofDays(400);
    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbSentReports(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public boolean sent(Period period, LocalDate day) {
        return dynamoDb.getItem(request -> request.tableName(table)
                        .key(key(period, day).attributes())
                        .consistentRead(true))
                .hasItem();
    }

    @Override
    public void markSent(Period period, LocalDate day, Instant at) {
        Items item = key(period, day)
                .text("sentAt", at.toString())
                .number("expiresAt", at.plus(KEPT).getEpochSecond());
        dynamoDb.putItem(request -> request.tableName(table).item(item.attributes()));
    }

    private static Items key(Period period, LocalDate day) {
        return Items.key(Keys.report(period), day.toString());
    }
}
