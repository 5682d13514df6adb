package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import lifeboat.reconcile.items.KeySchema;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// What leaves of a value that DynamoDB does not take.
class RefusalsWithoutValuesTest {
    private static final DynamoDbClient ITEMS = ItemTables.client();
    private static final String TABLE = ItemTables.table(ITEMS, "refusals", ItemTables.key("id", KeySchema.Type.S));

    @Test
    void aRefusedValueIsNotQuoted() {
        AttributeValue value = AttributeValue.fromSs(List.of("hidden-text", "hidden-text"));
        assertThat(refused(ItemTables.plainClient(), value)).hasMessageContaining("hidden-text");

        DynamoDbException refused = refused(ITEMS, value);

        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("ValidationException").doesNotContain("hidden-text");
        assertThat(refused.awsErrorDetails().toString()).doesNotContain("hidden-text");
        assertThat(refused.statusCode()).isEqualTo(400);
    }

    @Test
    void otherRefusalsStayAsTheyAre() {
        assertThat(catchThrowableOfType(
                        ResourceNotFoundException.class, () -> ITEMS.scan(scan -> scan.tableName("no-such-table"))))
                .hasMessageContaining("table");
    }

    private static DynamoDbException refused(DynamoDbClient client, AttributeValue value) {
        return catchThrowableOfType(
                DynamoDbException.class,
                () -> client.putItem(
                        put -> put.tableName(TABLE).item(Map.of("id", AttributeValue.fromS("a"), "value", value))));
    }
}
