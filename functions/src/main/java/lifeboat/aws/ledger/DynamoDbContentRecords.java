package lifeboat.aws.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.ResourceName;
import lifeboat.catalog.WorkloadName;
import lifeboat.integrity.ContentRecords;
import lifeboat.integrity.RecordedFiles;
import lifeboat.integrity.RecordedTables;
import lifeboat.integrity.TableContent;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// What tables held, in the ledger's table.
public final class DynamoDbContentRecords implements ContentRecords {
    private static final Duration KEPT = Duration.ofDays(400);
    private final DynamoDbClient dynamoDb;
    private final String table;

    /// Keeps them in the ledger's table.
    public DynamoDbContentRecords(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public void record(WorkloadName workload, ResourceName resource, TableContent content) {
        put(ContentItems.write(
                Items.key(Keys.content(workload, resource, content.table()), Keys.sortable(content.until())),
                content,
                content.until().plus(KEPT)));
    }

    @Override
    public void record(WorkloadName workload, ResourceName resource, RecordedTables tables) {
        put(ContentItems.write(
                Items.key(Keys.contents(workload, resource), Keys.sortable(tables.until())),
                tables,
                tables.until().plus(KEPT)));
    }

    @Override
    public void record(WorkloadName workload, ResourceName resource, RecordedFiles files) {
        put(ContentItems.write(
                Items.key(Keys.files(workload, resource), Keys.sortable(files.until())),
                files,
                files.until().plus(KEPT)));
    }

    private void put(Items item) {
        try {
            dynamoDb.putItem(request ->
                    request.tableName(table).item(item.attributes()).conditionExpression("attribute_not_exists(pk)"));
        } catch (ConditionalCheckFailedException written) {
            // The same look is told a second time, as deliveries do: what was written first counts.
            return;
        }
    }

    @Override
    public Optional<TableContent> newest(
            WorkloadName workload, ResourceName resource, String contentOf, Instant until) {
        return newest(Keys.content(workload, resource, contentOf), until).map(ContentItems::read);
    }

    @Override
    public Optional<RecordedTables> tables(WorkloadName workload, ResourceName resource, Instant until) {
        return newest(Keys.contents(workload, resource), until).map(ContentItems::tables);
    }

    @Override
    public Optional<RecordedFiles> files(WorkloadName workload, ResourceName resource, Instant until) {
        return newest(Keys.files(workload, resource), until).map(ContentItems::files);
    }

    private Optional<Items> newest(String key, Instant until) {
        return dynamoDb
                .query(request -> request.tableName(table)
                        .keyConditionExpression("pk = :content AND sk <= :until")
                        .expressionAttributeValues(Map.of(
                                ":content", AttributeValue.fromS(key),
                                ":until", AttributeValue.fromS(Keys.sortable(until))))
                        .scanIndexForward(false)
                        .consistentRead(true)
                        .limit(1))
                .items()
                .stream()
                .map(Items::of)
                .findFirst();
    }
}
