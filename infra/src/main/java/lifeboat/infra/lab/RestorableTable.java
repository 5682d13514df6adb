package lifeboat.infra.lab;

import java.util.List;
import java.util.Map;
import lifeboat.catalog.Resource.DynamoDbTable;
import lifeboat.infra.site.Ordered;

/// The states that ask a table until it can be restored to the instant in `$.seeded.at`, and give up after twelve
/// minutes: point-in-time recovery is typically five behind.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html">
///     Point-in-time recovery</a>
record RestorableTable(DynamoDbTable table) {
    private static final int LOOK_SECONDS = 30;
    private static final int LOOKS = 24;
    private static final String LATEST =
            "$.window.ContinuousBackupsDescription.PointInTimeRecoveryDescription.LatestRestorableDateTime";

    Map<String, Object> states() {
        return Ordered.of("StartAt", waiting(), "States", Ordered.both(asks(), ends()));
    }

    private Map<String, Object> asks() {
        var look = "Look at " + table.name();
        var count = "Count " + table.name();
        var decide = "Is it in " + table.name();
        return Ordered.of(
                waiting(),
                Ordered.of("Type", "Wait", "Seconds", LOOK_SECONDS, "Next", look),
                look,
                look(count),
                count,
                count(decide),
                decide,
                decide());
    }

    private Map<String, Object> look(String next) {
        return Ordered.of(
                "Type",
                "Task",
                "Resource",
                "arn:aws:states:::aws-sdk:dynamodb:describeContinuousBackups",
                "Parameters",
                Ordered.of("TableName", table.table()),
                "Retry",
                List.of(Ordered.of("ErrorEquals", List.of("States.ALL"), "MaxAttempts", 5, "IntervalSeconds", 5)),
                "ResultPath",
                "$.window",
                "Next",
                next);
    }

    private static Map<String, Object> count(String next) {
        return Ordered.of(
                "Type",
                "Pass",
                "Parameters",
                Ordered.of("at.$", "$.seeded.at", "looks.$", "States.MathAdd($.seeded.looks, 1)"),
                "ResultPath",
                "$.seeded",
                "Next",
                next);
    }

    private Map<String, Object> decide() {
        var isIn = List.of(
                Ordered.of("Variable", LATEST, "IsPresent", true),
                Ordered.of("Variable", LATEST, "TimestampGreaterThanEqualsPath", "$.seeded.at"));
        return Ordered.of(
                "Type",
                "Choice",
                "Choices",
                List.of(
                        Ordered.of("And", isIn, "Next", restorable()),
                        Ordered.of("Variable", "$.seeded.looks", "NumericGreaterThanEquals", LOOKS, "Next", late())),
                "Default",
                waiting());
    }

    private Map<String, Object> ends() {
        return Ordered.of(
                restorable(),
                Ordered.of("Type", "Succeed"),
                late(),
                Ordered.of(
                        "Type", "Fail",
                        "Error", "NotRestorable",
                        "Cause",
                                "table \"%s\" could not be restored to what was put there %d seconds after it was"
                                        .formatted(table.table(), LOOKS * LOOK_SECONDS)));
    }

    private String waiting() {
        return "Wait for " + table.name();
    }

    private String restorable() {
        return table.name() + " is restorable";
    }

    private String late() {
        return table.name() + " is not restorable";
    }
}
