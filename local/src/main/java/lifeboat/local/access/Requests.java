package lifeboat.local.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;

/// What a request to AWS is to IAM: which action on which resource, under which condition keys.
///
/// Each operation stands in one of the tables below; an operation that stands in none is refused, because nobody could
/// say whether it is allowed.
///
/// @see <a
/// href="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html">
///     Actions, resources and condition keys of AWS services</a>
public final class Requests {
    /// Operations whose action has another name.
    private static final Map<String, String> OTHER_NAMES =
            Map.of("s3:ListObjectsV2", "s3:ListBucket", "s3:HeadObject", "s3:GetObject");

    /// A restored table is filled with the permissions of who restores it.
    ///
    /// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html">Using
    ///     IAM with DynamoDB backup and restore</a>
    private static final List<String> FILLING = List.of(
            "dynamodb:BatchWriteItem",
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:Scan",
            "dynamodb:UpdateItem");

    private static final Map<String, String> PREFIXES = Map.of(
            "applicationautoscaling", "application-autoscaling",
            "sfn", "states");

    private final Function<String, Map<String, String>> tags;
    private final Arns arns;

    /// Reads the requests of one account and region.
    ///
    /// @param tags the tags of a resource now, by its ARN; empty where there is none
    public Requests(String account, String region, Function<String, Map<String, String>> tags) {
        this.tags = tags;
        this.arns = new Arns(account, region);
    }

    /// What a function does by a request.
    List<Access> accesses(String function, SdkRequest request) {
        Members members = new Members(request);
        String service = service(request);
        String operation = request.getClass().getSimpleName().replaceFirst("Request$", "");
        if (operation.equals("TransactWriteItems") || operation.equals("BatchGetItem")) {
            return ItemsOfMany.accesses(members, arns).stream()
                    .map(one -> new Access(function, one.action(), one.resource(), one.context()))
                    .toList();
        }
        String called = service + ":" + operation;
        String action = OTHER_NAMES.getOrDefault(called, called);
        List<Access> accesses = new ArrayList<>();
        Resources.of(service, operation, members, arns)
                .forEach(resource -> accesses.add(access(function, action, resource, members)));
        if (action.matches("dynamodb:RestoreTable.*")) {
            String copy = arns.table(members.needed("TargetTableName"));
            FILLING.forEach(one -> accesses.add(access(function, one, copy, members)));
        }
        passedRole(members)
                .ifPresent(role -> accesses.add(
                        new Access(function, "iam:PassRole", role, Map.of("iam:PassedToService", passedTo(service)))));
        return accesses;
    }

    private Access access(String function, String action, String resource, Members members) {
        Map<String, String> context = new TreeMap<>();
        if (changes(action)) {
            tags.apply(resource).forEach((key, value) -> context.put("aws:ResourceTag/" + key, value));
        }
        members.tags().forEach((key, value) -> context.put("aws:RequestTag/" + key, value));
        members.leadingKey().ifPresent(key -> context.put("dynamodb:LeadingKeys", key));
        members.text("ServiceNamespace")
                .ifPresent(namespace -> context.put("application-autoscaling:service-namespace", namespace));
        return new Access(function, action, resource, context);
    }

    /// Whether an action changes a table or an instance as a whole: only such are judged by its tags.
    private static boolean changes(String action) {
        return action.matches("(dynamodb|rds):(Delete|Update|Modify|Reboot|Tag|AddTags).*")
                && !action.matches("dynamodb:(Delete|Update)Item");
    }

    private static Optional<String> passedRole(Members members) {
        return Stream.of("IamRoleArn", "MonitoringRoleArn")
                .flatMap(member -> members.text(member).stream())
                .findFirst();
    }

    private static String passedTo(String service) {
        return service.equals("rds") ? "monitoring.rds.amazonaws.com" : service + ".amazonaws.com";
    }

    private static String service(SdkRequest request) {
        String service = request.getClass()
                .getPackageName()
                .replaceFirst("^software\\.amazon\\.awssdk\\.services\\.([a-z0-9]+)\\..*", "$1");
        return PREFIXES.getOrDefault(service, service);
    }

    /// ARNs of one account and region.
    record Arns(String account, String region) {
        String of(String service, String resource) {
            return "arn:aws:%s:%s:%s:%s".formatted(service, region, account, resource);
        }

        /// The ARN of a table that is given by its name, or by its ARN.
        String table(String nameOrArn) {
            return nameOrArn.startsWith("arn:") ? nameOrArn : of("dynamodb", "table/" + nameOrArn);
        }
    }
}
