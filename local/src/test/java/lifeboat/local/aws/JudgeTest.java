package lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.backup.model.ListBackupJobsRequest;
import software.amazon.awssdk.services.backup.model.StartBackupJobRequest;
import software.amazon.awssdk.services.backup.model.StartRestoreJobRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/// Requests that the SDK would send, and AWS would not take.
@SuppressWarnings("unchecked")
class JudgeTest {
    private final Judge judge = new Judge();

    @Test
    void aRequiredMemberMustBeThere() {
        refused(
                "backup",
                StartRestoreJobRequest.builder()
                        .recoveryPointArn("arn:aws:backup:us-east-1:111122223333:recovery-point:1")
                        .build(),
                "StartRestoreJob: Metadata = nothing breaks the rule \"required\" of AWS's service model");
        refused(
                "dynamodb",
                RestoreTableToPointInTimeRequest.builder()
                        .sourceTableName("products")
                        .build(),
                "RestoreTableToPointInTime: TargetTableName = nothing");
        refused("rds", DeleteDbInstanceRequest.builder().build(), "DeleteDbInstance: DBInstanceIdentifier = nothing");
        refused("sns", PublishRequest.builder().topicArn("arn").build(), "Publish: Message = nothing");
    }

    @Test
    void patternsLengthsAndRangesAreThoseOfAws() {
        refused(
                "backup",
                StartBackupJobRequest.builder()
                        .backupVaultName("a vault")
                        .resourceArn("arn")
                        .iamRoleArn("arn")
                        .build(),
                "BackupVaultName = a vault breaks the rule \"pattern");
        refused(
                "backup",
                ListBackupJobsRequest.builder().maxResults(1001).build(),
                "MaxResults = 1001.0 breaks the rule \"at most 1000 value\"");
        refused(
                "dynamodb",
                RestoreTableToPointInTimeRequest.builder().targetTableName("a").build(),
                "TargetTableName = 1.0 breaks the rule \"at least 3 characters\"");
        refused(
                "states",
                StartExecutionRequest.builder()
                        .stateMachineArn("arn")
                        .name("n".repeat(81))
                        .build(),
                "name = 81.0 breaks the rule \"at most 80 characters\"");
    }

    @Test
    void enumerationsAreThoseOfAws() {
        refused(
                "backup",
                ListBackupJobsRequest.builder().byState("DONE").build(),
                "ListBackupJobs: ByState = DONE breaks the rule \"one of [CREATED, PENDING");
        refused(
                "application-autoscaling",
                RegisterScalableTargetRequest.builder()
                        .serviceNamespace("dynamodb")
                        .resourceId("table/products")
                        .scalableDimension("dynamodb:table:Read")
                        .build(),
                "ScalableDimension = dynamodb:table:Read breaks the rule \"one of");
    }

    @Test
    void nestedMembersAreJudgedToo() {
        refused(
                "monitoring",
                PutMetricAlarmRequest.builder()
                        .alarmName("late")
                        .evaluationPeriods(1)
                        .comparisonOperator("GreaterThanThreshold")
                        .dimensions(dimension -> dimension.name("TableName"))
                        .build(),
                "Dimensions[0]/Value = nothing breaks the rule \"required\"");
    }

    @Test
    void goodRequestsPass() {
        Map<String, AttributeValue> item = Map.of(
                "id", AttributeValue.fromS("1"),
                "gone", AttributeValue.fromNul(true),
                "tags", AttributeValue.fromM(Map.of("a", AttributeValue.fromBool(true))));
        accepted(
                "dynamodb",
                PutItemRequest.builder().tableName("products").item(item).build());
        accepted(
                "rds",
                RestoreDbInstanceToPointInTimeRequest.builder()
                        .sourceDBInstanceIdentifier("orders")
                        .targetDBInstanceIdentifier("orders-copy")
                        .restoreTime(Instant.EPOCH)
                        .tags(tag -> tag.key("lifeboat:recovery").value("r1"))
                        .build());
        accepted("s3", PutObjectRequest.builder().build());
        assertThat(judge.found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ec2", "backup-gateway"})
    void aServiceWithoutAModelIsNotLetThrough(String service) {
        refused(service, ListBackupJobsRequest.builder().build(), "service = " + service);
    }

    private void refused(String service, SdkRequest request, String message) {
        assertThatThrownBy(() -> judge.judge(service, request))
                .isInstanceOf(MalformedRequest.class)
                .hasMessageContaining(message);
        assertThat(judge.found().getLast()).hasMessageContaining(message);
    }

    private void accepted(String service, SdkRequest request) {
        assertThatCode(() -> judge.judge(service, request)).doesNotThrowAnyException();
    }
}
