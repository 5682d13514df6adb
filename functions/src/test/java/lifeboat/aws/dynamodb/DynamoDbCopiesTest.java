package lifeboat.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Map;
import lifeboat.aws.SdkMock;
import lifeboat.engines.LocalDynamoDb;
import lifeboat.recovery.Copies.Presence;
import lifeboat.recovery.Example;
import lifeboat.restore.CopyName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsResponse;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

class DynamoDbCopiesTest {
    private static final CopyName COPY = new CopyName("lifeboat-drill-20261120-k3v9x2-products");
    private static final String ARN = "arn:aws:dynamodb:us-east-1:111122223333:table/" + COPY;
    private final DynamoDbClient dynamoDb = SdkMock.of(DynamoDbClient.class);
    private final ApplicationAutoScalingClient autoScaling = SdkMock.of(ApplicationAutoScalingClient.class);
    private final CloudWatchClient cloudWatch = SdkMock.of(CloudWatchClient.class);
    private final DynamoDbCopies copies = new DynamoDbCopies(dynamoDb, autoScaling, cloudWatch);

    @BeforeEach
    void nothingScalesOrWatchesTheCopy() {
        when(autoScaling.describeScalableTargets(any(DescribeScalableTargetsRequest.class)))
                .thenReturn(DescribeScalableTargetsResponse.builder().build());
        when(cloudWatch.describeAlarms(any(DescribeAlarmsRequest.class)))
                .thenReturn(DescribeAlarmsResponse.builder().build());
    }

    @Test
    void inARealEngineWhatIsNotThereIsAbsentAndDeletingItIsNoError() {
        DynamoDbCopies real = new DynamoDbCopies(LocalDynamoDb.client(), autoScaling, cloudWatch);

        assertThat(real.presence(Example.PRODUCTS, COPY)).isEqualTo(new Presence.Absent());
        assertThatCode(() -> real.delete(Example.PRODUCTS, COPY)).doesNotThrowAnyException();
    }

    @Test
    void theTagsOfAllPagesAreSeen() {
        is(TableStatus.ACTIVE);
        when(dynamoDb.listTagsOfResource(any(ListTagsOfResourceRequest.class)))
                .thenReturn(page("a", "next"), page("b", null));

        assertThat(copies.presence(Example.PRODUCTS, COPY)).isEqualTo(new Presence.Present(Map.of("a", "1", "b", "1")));
    }

    @ParameterizedTest
    @CsvSource({
        "CREATING, false",
        "UPDATING, false",
        "DELETING, false",
        "ARCHIVING, false",
        "ACTIVE, true",
        "ARCHIVED, true",
        "INACCESSIBLE_ENCRYPTION_CREDENTIALS, true"
    })
    void whatStandsStillCanBeDeletedAndNothingElse(TableStatus status, boolean standsStill) {
        is(status);
        when(dynamoDb.listTagsOfResource(any(ListTagsOfResourceRequest.class))).thenReturn(page("a", null));

        assertThat(copies.presence(Example.PRODUCTS, COPY))
                .isEqualTo(standsStill ? new Presence.Present(Map.of("a", "1")) : new Presence.Busy());
    }

    @Test
    void deletionNamesJustTheCopyAndWaitsForAnotherLookWhereItIsBusyOrGone() {
        when(dynamoDb.deleteTable(any(DeleteTableRequest.class)))
                .thenThrow(ResourceInUseException.builder().build())
                .thenThrow(ResourceNotFoundException.builder().build());

        copies.delete(Example.PRODUCTS, COPY);
        copies.delete(Example.PRODUCTS, COPY);

        verify(dynamoDb, org.mockito.Mockito.times(2))
                .deleteTable(
                        DeleteTableRequest.builder().tableName(COPY.value()).build());
    }

    private void is(TableStatus status) {
        when(dynamoDb.describeTable(any(DescribeTableRequest.class)))
                .thenReturn(DescribeTableResponse.builder()
                        .table(table -> table.tableArn(ARN).tableStatus(status))
                        .build());
    }

    private static ListTagsOfResourceResponse page(String key, String next) {
        return ListTagsOfResourceResponse.builder()
                .tags(Tag.builder().key(key).value("1").build())
                .nextToken(next)
                .build();
    }
}
