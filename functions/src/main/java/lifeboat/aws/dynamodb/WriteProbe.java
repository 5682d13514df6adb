package lifeboat.aws.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lifeboat.reconcile.Refusal;
import lifeboat.reconcile.items.KeySchema;
import lifeboat.reconcile.items.TableShape;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/// Finds out whether a table can be written by asking for writes whose condition contradicts itself: where they are
/// permitted the condition fails, and in no case is anything written.
final class WriteProbe {
    private static final String NEVER = "attribute_exists(#0) AND attribute_not_exists(#0)";

    private WriteProbe() {}

    static Optional<Refusal> refuses(DynamoDbClient dynamoDb, TableShape table) {
        var key = table.key().parts().stream()
                .collect(Collectors.toMap(KeySchema.Part::name, part -> value(part.type())));
        var names = Map.of("#0", table.key().partition().name());
        List<Probe> probes = List.of(
                new Probe(
                        "dynamodb:PutItem",
                        () -> dynamoDb.putItem(put -> put.tableName(table.name())
                                .item(key)
                                .conditionExpression(NEVER)
                                .expressionAttributeNames(names))),
                new Probe(
                        "dynamodb:UpdateItem",
                        () -> dynamoDb.updateItem(update -> update.tableName(table.name())
                                .key(key)
                                .conditionExpression(NEVER)
                                .expressionAttributeNames(names))),
                new Probe(
                        "dynamodb:DeleteItem",
                        () -> dynamoDb.deleteItem(delete -> delete.tableName(table.name())
                                .key(key)
                                .conditionExpression(NEVER)
                                .expressionAttributeNames(names))));
        return probes.stream().flatMap(probe -> probe.refused(table).stream()).findFirst();
    }

    private static AttributeValue value(KeySchema.Type type) {
        return switch (type) {
            case S -> AttributeValue.fromS("lifeboat-probe");
            case N -> AttributeValue.fromN("0");
            case B -> AttributeValue.fromB(SdkBytes.fromUtf8String("lifeboat-probe"));
        };
    }

    /// A write that never happens, and the permission that it needs.
    private record Probe(String action, Runnable write) {
        Optional<Refusal> refused(TableShape table) {
            try {
                write.run();
            } catch (ConditionalCheckFailedException permitted) {
                return Optional.empty();
            } catch (DynamoDbException e) {
                if (e.awsErrorDetails() != null
                        && "AccessDeniedException".equals(e.awsErrorDetails().errorCode())) {
                    return Optional.of(refusal(table));
                }
                throw e;
            }
            throw new IllegalStateException("a condition that contradicts itself held on table " + table.name());
        }

        private Refusal refusal(TableShape table) {
            return new Refusal(
                    "LB-443",
                    "%s on table \"%s\" is not permitted".formatted(action, table.name()),
                    "let the role that repairs have dynamodb:PutItem, UpdateItem and DeleteItem on the table");
        }
    }
}
