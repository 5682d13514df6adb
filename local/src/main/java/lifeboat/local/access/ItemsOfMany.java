package lifeboat.local.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// Requests about many items: each item is judged by itself, as IAM does.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html">Using IAM
///     with DynamoDB transactions</a>
final class ItemsOfMany {
    private ItemsOfMany() {}

    static List<Access> accesses(Members members, Requests.Arns arns) {
        return switch (members.request()) {
            case BatchGetItemRequest batch ->
                batch.requestItems().entrySet().stream()
                        .flatMap(table -> table.getValue().keys().stream()
                                .map(key -> access("BatchGetItem", arns.table(table.getKey()), key)))
                        .toList();
            case TransactWriteItemsRequest transaction ->
                transaction.transactItems().stream()
                        .flatMap(item -> writes(item, arns).stream())
                        .toList();
            default ->
                throw new IllegalArgumentException(members.request().getClass().getSimpleName());
        };
    }

    private static List<Access> writes(TransactWriteItem item, Requests.Arns arns) {
        List<Access> accesses = new ArrayList<>();
        Optional.ofNullable(item.put())
                .ifPresent(put -> accesses.add(access("PutItem", arns.table(put.tableName()), put.item())));
        Optional.ofNullable(item.update())
                .ifPresent(update -> accesses.add(access("UpdateItem", arns.table(update.tableName()), update.key())));
        Optional.ofNullable(item.delete())
                .ifPresent(delete -> accesses.add(access("DeleteItem", arns.table(delete.tableName()), delete.key())));
        Optional.ofNullable(item.conditionCheck())
                .ifPresent(check ->
                        accesses.add(access("ConditionCheckItem", arns.table(check.tableName()), check.key())));
        return accesses;
    }

    private static Access access(String action, String table, Map<String, AttributeValue> item) {
        AttributeValue key = item.get("pk");
        Map<String, String> context =
                key == null || key.s() == null ? Map.of() : Map.of("dynamodb:LeadingKeys", key.s());
        return new Access("", "dynamodb:" + action, table, context);
    }
}
