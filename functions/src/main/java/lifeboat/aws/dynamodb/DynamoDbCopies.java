package lifeboat.aws.dynamodb;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import lifeboat.catalog.Resource;
import lifeboat.recovery.Copies;
import lifeboat.restore.CopyName;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// Restored copies of DynamoDB tables.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html">DeleteTable</a>
public final class DynamoDbCopies implements Copies {
    private static final Set<TableStatus> CHANGING =
            Set.of(TableStatus.CREATING, TableStatus.UPDATING, TableStatus.DELETING, TableStatus.ARCHIVING);
    private final DynamoDbClient dynamoDb;
    private final TableScaling scaling;
    private final TableAlarms alarms;

    /// Copies in the region of the clients, with the alarms and the scaling that parity gave them.
    public DynamoDbCopies(
            DynamoDbClient dynamoDb, ApplicationAutoScalingClient autoScaling, CloudWatchClient cloudWatch) {
        this.dynamoDb = dynamoDb;
        this.scaling = new TableScaling(autoScaling);
        this.alarms = new TableAlarms(cloudWatch);
    }

    @Override
    public Presence presence(Resource source, CopyName copy) {
        try {
            TableDescription table = dynamoDb.describeTable(request -> request.tableName(copy.value()))
                    .table();
            // a table whose key is out of reach stands still as well, and must be deletable
            return CHANGING.contains(table.tableStatus())
                    ? new Presence.Busy()
                    : new Presence.Present(tags(table.tableArn()));
        } catch (ResourceNotFoundException e) {
            return new Presence.Absent();
        }
    }

    @Override
    public void delete(Resource source, CopyName copy) {
        scaling.remove(copy.value());
        alarms.remove(copy.value());
        try {
            dynamoDb.deleteTable(request -> request.tableName(copy.value()));
        } catch (ResourceInUseException | ResourceNotFoundException e) {
            // being changed, or gone since it was looked at: the next look tells which
            return;
        }
    }

    private Map<String, String> tags(String arn) {
        Map<String, String> tags = new HashMap<>();
        @Nullable String next = null;
        do {
            @Nullable String token = next;
            ListTagsOfResourceResponse page = dynamoDb.listTagsOfResource(
                    request -> request.resourceArn(arn).nextToken(token));
            page.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
            next = page.nextToken();
        } while (next != null);
        return tags;
    }
}
