package lifeboat.aws.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lifeboat.integrity.Segment;
import lifeboat.recovery.CopyEntry;
import lifeboat.recovery.CopyEvent;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// What an event changes in an item of the ledger, and the attribute by which it is seen that it has been
/// written before.
///
/// @param guard where it is there already, nothing is written: set by this event and by no other, or by one that
///     makes this event meaningless
/// @param sets attributes to set
/// @param swept whether the item leaves the index of what may have been left behind
record EventUpdate(String guard, Map<String, AttributeValue> sets, boolean swept) {

    static EventUpdate of(CopyEvent event) {
        return switch (event) {
            case CopyEvent.Waiting(var why) ->
                new EventUpdate("restoreStartedAt", Map.of("waitingFor", text(why)), false);
            case CopyEvent.RestoreStarted started ->
                set("restoreStartedAt", text(started.at()))
                        .and("ticket", text(started.ticket().value()))
                        .and("remains", text(CopyEntry.Remains.OPEN));
            case CopyEvent.RestoreRepeated(var ended, var ticket) ->
                set("afterTicket" + ended.value().replaceAll("[^A-Za-z0-9]", ""), text(ended.value()))
                        .and("ticket", text(ticket.value()));
            case CopyEvent.RestoreCompleted completed ->
                set("restoreCompletedAt", text(completed.at()))
                        .and("completedBy", text(completed.byService() ? "SERVICE" : "OBSERVED"));
            case CopyEvent.Configured configured ->
                set("configuredAt", text(configured.at())).and("parityGaps", texts(configured.gaps()));
            case CopyEvent.InspectionPlanned planned ->
                set(
                        "inspection",
                        texts(planned.segments().stream().map(Segment::label).toList()));
            case CopyEvent.Verified(var at) -> set("verifiedAt", text(at));
            case CopyEvent.Failed(var step, var why) ->
                set("failedStep", text(step)).and("failedBecause", text(why));
            case CopyEvent.Gone(var at) ->
                set("goneAt", text(at))
                        .and("remains", text(CopyEntry.Remains.GONE))
                        .leavingOpen();
            case CopyEvent.Kept(var why) ->
                set("keptBecause", text(why))
                        .and("remains", text(CopyEntry.Remains.KEPT))
                        .leavingOpen();
        };
    }

    /// Writes the event, unless it has been written before.
    ///
    /// @return whether it was written now
    /// @throws IllegalStateException where there is no such item: an event of something that was never planned
    boolean write(DynamoDbClient dynamoDb, String table, String pk, String sk) {
        try {
            dynamoDb.updateItem(request -> request.tableName(table)
                    .key(Items.key(pk, sk).attributes())
                    .updateExpression(expression())
                    .conditionExpression("attribute_exists(pk) AND attribute_not_exists(#guard)")
                    .expressionAttributeNames(names())
                    .expressionAttributeValues(values())
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return true;
        } catch (ConditionalCheckFailedException e) {
            if (!e.hasItem()) {
                throw new IllegalStateException(
                        "the ledger has no item %s/%s to write %s to".formatted(pk, sk, guard), e);
            }
            return false;
        }
    }

    private String expression() {
        String sets = this.sets.keySet().stream()
                .map(name -> "#" + name + " = :" + name)
                .collect(Collectors.joining(", ", "SET ", ""));
        return swept ? sets + " REMOVE gsi2pk, gsi2sk" : sets;
    }

    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        sets.keySet().forEach(name -> names.put("#" + name, name));
        names.put("#guard", guard);
        return names;
    }

    private Map<String, AttributeValue> values() {
        return sets.entrySet().stream().collect(Collectors.toMap(set -> ":" + set.getKey(), Map.Entry::getValue));
    }

    private static EventUpdate set(String guard, AttributeValue value) {
        return new EventUpdate(guard, Map.of(guard, value), false);
    }

    private EventUpdate and(String name, AttributeValue value) {
        Map<String, AttributeValue> more = new TreeMap<>(sets);
        more.put(name, value);
        return new EventUpdate(guard, more, swept);
    }

    private EventUpdate leavingOpen() {
        return new EventUpdate(guard, sets, true);
    }

    private static AttributeValue text(Object value) {
        return AttributeValue.fromS(value.toString());
    }

    private static AttributeValue texts(List<String> values) {
        return AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList());
    }
}
