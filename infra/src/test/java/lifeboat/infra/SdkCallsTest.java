package lifeboat.infra;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lifeboat.infra.permission.Handler;
import org.junit.jupiter.api.Test;

/// Whatever the code asks of AWS, some function may; whatever some function may, the code asks.
class SdkCallsTest {
    private static final Map<String, String> SERVICES = Map.of(
            "DynamoDbClient", "dynamodb",
            "RdsClient", "rds",
            "BackupClient", "backup",
            "SnsClient", "sns",
            "SfnClient", "states",
            "SecretsManagerClient", "secretsmanager",
            "S3Client", "s3",
            "CloudWatchClient", "cloudwatch",
            "ApplicationAutoScalingClient", "application-autoscaling");

    /// Calls whose permission has another name, or several.
    private static final Map<String, List<String>> OTHER_NAMES = Map.of(
            "dynamodb:TransactWriteItems", List.of("dynamodb:PutItem", "dynamodb:UpdateItem"),
            "dynamodb:TransactGetItems", List.of("dynamodb:GetItem"),
            "s3:ListObjectsV2", List.of("s3:ListBucket"),
            "s3:HeadObject", List.of("s3:GetObject"),
            "s3:GetObjectAsBytes", List.of("s3:GetObject"));

    /// What no line of code calls, and why it is needed all the same.
    private static final Map<String, String> WITHOUT_A_CALL = Map.ofEntries(
            entry("iam:PassRole", "StartRestoreJob checks it"),
            entry("dynamodb:BatchWriteItem", "a table restore writes with the caller's permissions"),
            entry("dynamodb:DeleteItem", "a table restore writes with the caller's permissions"),
            entry("dynamodb:Scan", "a table restore reads with the caller's permissions"),
            entry("kms:Decrypt", "services decrypt with the caller's permissions"),
            entry("kms:DescribeKey", "services encrypt with the caller's permissions"),
            entry("kms:CreateGrant", "services encrypt with the caller's permissions"),
            entry("kms:Encrypt", "DynamoDB encrypts a copy with the caller's permissions"),
            entry("kms:ReEncryptFrom", "DynamoDB encrypts a copy with the caller's permissions"),
            entry("kms:ReEncryptTo", "DynamoDB encrypts a copy with the caller's permissions"),
            entry("kms:GenerateDataKey", "S3 and DynamoDB encrypt with the caller's permissions"),
            entry("kms:GenerateDataKeyWithoutPlaintext", "services encrypt with the caller's permissions"));

    /// What adapters will call that are not written yet. An entry that is called by now must go.
    private static final Set<String> AWAITED =
            Set.of("backup:ListRecoveryPointsByResource", "rds:DeleteDBCluster", "rds:ModifyDBCluster");

    @Test
    void everyCallToAwsIsAllowedToSomeFunction() {
        assertThat(allowed()).containsAll(called());
    }

    @Test
    void nothingIsAllowedThatNoCodeCalls() {
        var needed = called();
        assertThat(needed).doesNotContainAnyElementsOf(AWAITED);
        needed.addAll(WITHOUT_A_CALL.keySet());
        needed.addAll(AWAITED);

        assertThat(needed).containsAll(allowed());
    }

    private static Set<String> allowed() {
        return Arrays.stream(Handler.values())
                .flatMap(handler -> handler.permissions().stream())
                .flatMap(permission -> permission.actions().stream())
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> called() {
        return Sources.imported("lifeboat.aws").stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getName().startsWith("software.amazon.awssdk.services."))
                .flatMap(SdkCallsTest::actions)
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<String> actions(JavaCall<?> call) {
        var service = SERVICES.get(call.getTargetOwner().getSimpleName());
        var name = call.getName().replaceFirst("Paginator$", "");
        if (service == null || name.equals("builder") || name.equals("close") || name.equals("waiter")) {
            return Stream.empty();
        }
        var action = service + ":" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return OTHER_NAMES.getOrDefault(action, List.of(action)).stream();
    }
}
