package lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.RETURNS_MOCKS;
import static org.mockito.Mockito.mock;

import java.time.Instant;
import java.time.InstantSource;
import lifeboat.aws.backup.RecoveryPoints;
import lifeboat.aws.backup.RestoreJobs;
import lifeboat.catalog.EnvironmentFile;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.Recoverability;
import lifeboat.catalog.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAdaptersTest {
    /// What `./lifeboat check` says of a store is what a recovery of it does.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamodb: table",
                "rds: orders-db, database: orders, credentials: orders",
                "aurora: orders-db, database: orders, credentials: orders",
                "s3: bucket",
                "efs: fs-01234567",
                "ebs: vol-01234567"
            })
    void recoverabilityOfAStoreIsWhetherItHasAnAdapter(String store) {
        var resource = resource(store);
        var adapters = new StoreAdapters(
                mock(Clients.class, RETURNS_MOCKS),
                mock(RecoveryPoints.class),
                mock(RestoreJobs.class),
                mock(Arns.class),
                false,
                InstantSource.fixed(Instant.EPOCH),
                true,
                java.util.Optional.empty());

        if (Recoverability.of(resource) == Recoverability.NOT_YET) {
            assertThatThrownBy(() -> adapters.of(resource))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("cannot restore yet");
        } else {
            assertThat(adapters.of(resource)).isNotNull();
        }
    }

    private static Resource resource(String store) {
        return EnvironmentFile.parse("test.yaml", """
                environment: test
                account: "111122223333"
                region: us-east-1
                recoveryRegion: us-west-2
                workloads: {w: {tier: standard, resources: {r: {%s}}}}
                """.formatted(store))
                .workloads()
                .getFirst()
                .resources()
                .getFirst();
    }
}
