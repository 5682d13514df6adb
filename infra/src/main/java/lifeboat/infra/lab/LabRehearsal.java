package lifeboat.infra.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lifeboat.catalog.Resource.DynamoDbTable;
import lifeboat.catalog.Workload;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import lifeboat.infra.site.StateMachineRole;
import lifeboat.integrity.RecordedContents;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.stepfunctions.Chain;
import software.amazon.awscdk.services.stepfunctions.CustomState;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.IChainable;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/// The state machine of the lab: puts ten products into each table that has none and orders into each database,
/// asks until the tables can be restored, recovers them, and tells CloudFormation how that ended.
///
/// CloudFormation waits an hour at most, so the recovery of databases is left to the lab's drills.
public final class LabRehearsal extends Construct {
    private static final int PRODUCTS = 10;
    /// With the time that is looked for tables less than the hour that CloudFormation waits.
    private static final int RECOVERY_SECONDS = 2400;

    private final Site site;

    public LabRehearsal(Construct scope, Site site) {
        super(scope, "LabRehearsal");
        this.site = site;
        rehearsed(site).ifPresent(this::rehearse);
    }

    /// What a deployment rehearses: the first workload that has tables.
    static Optional<Workload> rehearsed(Site site) {
        return site.environment().workloads().stream()
                .filter(workload -> tables(workload).findAny().isPresent())
                .findFirst();
    }

    private void rehearse(Workload workload) {
        var machine = StateMachine.Builder.create(this, "Machine")
                .stateMachineName(site.named("lab-rehearsal"))
                .comment("Seeds the lab's tables, rehearses their recovery and tells CloudFormation.")
                .definitionBody(DefinitionBody.fromChainable(definition(workload)))
                .role(StateMachineRole.of(this, "MachineRole", site, site.labRehearsalArn()))
                .timeout(Duration.minutes(59)) // CloudFormation gives up after an hour
                .tracingEnabled(true)
                .build();
        permissions(workload).forEach(machine::addToRolePolicy);
    }

    private IChainable definition(Workload workload) {
        var answer = state(
                "Answer",
                Ordered.of(
                        "Type", "Task",
                        "Resource", site.functionArn(Handler.LAB_REHEARSAL.label()),
                        "Retry",
                                List.of(Ordered.of(
                                        "ErrorEquals",
                                        List.of("States.ALL"),
                                        "MaxAttempts",
                                        5,
                                        "IntervalSeconds",
                                        5))));
        var restorable = restorable(workload, answer);
        return seed(workload, answer)
                .next(fillDatabases(answer))
                .next(seeded())
                .next(recorded(workload, answer)
                        .<IChainable>map(record -> record.next(restorable))
                        .orElse(restorable))
                .next(recover(workload, answer))
                .next(answer);
    }

    /// By a function, because databases are reached in their network only.
    private CustomState fillDatabases(CustomState answer) {
        return state(
                "Fill databases",
                Ordered.of(
                        "Type",
                        "Task",
                        "Comment",
                        "Orders in each database that has none; the drills of the lab recover them.",
                        "Resource",
                        site.functionArn(Handler.LAB_SEED.label()),
                        "Parameters",
                        Map.of(),
                        "TimeoutSeconds",
                        300,
                        "Retry",
                        List.of(Ordered.of(
                                "ErrorEquals", List.of("States.ALL"), "MaxAttempts", 4, "IntervalSeconds", 10)),
                        "ResultPath",
                        "$.filled",
                        "Catch",
                        caught(answer)));
    }

    /// From when on a restore holds what was put there.
    private CustomState seeded() {
        return state(
                "Seeded",
                Ordered.of(
                        "Type", "Pass",
                        "Parameters", Ordered.of("at.$", "$$.State.EnteredTime", "looks", 0),
                        "ResultPath", "$.seeded"));
    }

    /// Point-in-time recovery is typically five minutes behind: each table is asked until it is not.
    private CustomState restorable(Workload workload, CustomState answer) {
        return state(
                "Wait until restorable",
                Ordered.of(
                        "Type", "Parallel",
                        "Comment", "Asks each table until it can be restored to what was put there.",
                        "Branches",
                                tables(workload)
                                        .map(table -> new RestorableTable(table).states())
                                        .toList(),
                        "ResultPath", "$.restorable",
                        "Catch", caught(answer)));
    }

    /// What is to be compared with a record needs one: the first is made here, and read while the wait lasts.
    private Optional<Chain> recorded(Workload workload, CustomState answer) {
        var asked = recordedStores(workload);
        return asked.isEmpty()
                ? Optional.empty()
                : Optional.of(Chain.start(state(
                        "Record",
                        Ordered.of(
                                "Type",
                                "Task",
                                "Comment",
                                "Starts the recordings of what tables and databases hold.",
                                "Resource",
                                site.functionArn(Handler.RECORD.label()),
                                "Parameters",
                                Ordered.of("workload", workload.name().value(), "resources", asked),
                                "Retry",
                                List.of(Ordered.of(
                                        "ErrorEquals", List.of("States.ALL"), "MaxAttempts", 3, "IntervalSeconds", 5)),
                                "ResultPath",
                                "$.recorded",
                                "Catch",
                                caught(answer)))));
    }

    private static List<String> recordedStores(Workload workload) {
        return workload.resources().stream()
                .filter(RecordedContents::isAsked)
                .map(resource -> resource.name().value())
                .toList();
    }

    private CustomState seed(Workload workload, CustomState answer) {
        var writes = tables(workload)
                .flatMap(table -> IntStream.rangeClosed(1, PRODUCTS).mapToObj(number -> write(table, number)));
        return state(
                "Seed",
                Ordered.of(
                        "Type", "Parallel",
                        "Comment", "Ten products in each table; what is there already stays as it is.",
                        "Branches", writes.toList(),
                        "ResultPath", "$.seeded",
                        "Catch", caught(answer)));
    }

    private Map<String, Object> write(DynamoDbTable table, int number) {
        var name = "Put %s %d".formatted(table.name(), number);
        return Ordered.of(
                "StartAt",
                name,
                "States",
                Ordered.of(
                        name,
                        Ordered.of(
                                "Type",
                                "Task",
                                "Resource",
                                "arn:aws:states:::dynamodb:putItem",
                                "Parameters",
                                Ordered.of(
                                        "TableName", table.table(),
                                        "Item",
                                                Ordered.of(
                                                        "id", Ordered.of("S", "product-%02d".formatted(number)),
                                                        "name", Ordered.of("S", "Product " + number),
                                                        "price", Ordered.of("N", Integer.toString(number * 10)),
                                                        "updatedAt", Ordered.of("S.$", "$$.Execution.StartTime")),
                                        "ConditionExpression", "attribute_not_exists(id)"),
                                "Retry",
                                List.of(Ordered.of(
                                        "ErrorEquals",
                                        List.of(
                                                "DynamoDB.ProvisionedThroughputExceededException",
                                                "DynamoDB.ThrottlingException"),
                                        "MaxAttempts",
                                        5)),
                                "Catch",
                                List.of(Ordered.of(
                                        "ErrorEquals",
                                        List.of("DynamoDB.ConditionalCheckFailedException"),
                                        "Next",
                                        name + " is there")),
                                "End",
                                true),
                        name + " is there",
                        Ordered.of("Type", "Succeed")));
    }

    private CustomState recover(Workload workload, CustomState answer) {
        return state(
                "Rehearse",
                Ordered.of(
                        "Type", "Task",
                        "Comment", "The recovery itself: the same that a person starts.",
                        "Resource", "arn:aws:states:::states:startExecution.sync:2",
                        "TimeoutSeconds", RECOVERY_SECONDS,
                        "Parameters",
                                Ordered.of(
                                        "StateMachineArn", site.stateMachineArn(),
                                        "Input",
                                                Ordered.of(
                                                        "workload",
                                                                workload.name().value(),
                                                        "mode", "DRILL",
                                                        "resources",
                                                                tables(workload)
                                                                        .map(table -> table.name()
                                                                                .value())
                                                                        .toList())),
                        "ResultPath", "$.recovery",
                        "Catch", caught(answer)));
    }

    private static List<Map<String, Object>> caught(CustomState answer) {
        return List.of(Ordered.of(
                "ErrorEquals", List.of("States.ALL"),
                "ResultPath", "$.error",
                "Next", answer.getStateId()));
    }

    private CustomState state(String name, Map<String, Object> json) {
        return CustomState.Builder.create(this, name).stateJson(json).build();
    }

    private List<PolicyStatement> permissions(Workload workload) {
        return List.of(
                statement(
                        List.of("dynamodb:PutItem", "dynamodb:DescribeContinuousBackups"),
                        tables(workload)
                                .map(table -> site.arn("dynamodb", "table/" + table.table()))
                                .toList()),
                statement(
                        List.of("lambda:InvokeFunction"),
                        Stream.concat(
                                        Stream.of(Handler.LAB_REHEARSAL, Handler.LAB_SEED),
                                        recordedStores(workload).isEmpty() ? Stream.empty() : Stream.of(Handler.RECORD))
                                .map(handler -> site.functionArn(handler.label()))
                                .toList()),
                statement(List.of("states:StartExecution"), List.of(site.stateMachineArn())),
                statement(
                        // Step Functions names the executions that it starts for another one.
                        List.of("states:DescribeExecution", "states:StopExecution"),
                        List.of(site.arn("states", "execution:" + site.named("recovery") + ":*"))),
                statement(
                        List.of("events:PutTargets", "events:PutRule", "events:DescribeRule"),
                        List.of(site.arn("events", "rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"))));
    }

    private static PolicyStatement statement(List<String> actions, List<String> resources) {
        return PolicyStatement.Builder.create()
                .actions(actions)
                .resources(resources)
                .build();
    }

    private static Stream<DynamoDbTable> tables(Workload workload) {
        return workload.resources().stream()
                .filter(DynamoDbTable.class::isInstance)
                .map(DynamoDbTable.class::cast);
    }
}
