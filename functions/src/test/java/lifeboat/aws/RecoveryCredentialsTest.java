package lifeboat.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import java.time.Instant;
import lifeboat.validation.Looked;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class RecoveryCredentialsTest {
    private final SecretsManagerClient secrets = SdkMock.of(SecretsManagerClient.class);
    private final RecoveryCredentials credentials = new RecoveryCredentials(() -> secrets);

    @Test
    void secretExistsUntilItIsDeletedOrMarkedForDeletion() {
        when(secrets.describeSecret(any(DescribeSecretRequest.class)))
                .thenReturn(DescribeSecretResponse.builder().build())
                .thenReturn(DescribeSecretResponse.builder()
                        .deletedDate(Instant.EPOCH)
                        .build())
                .thenThrow(ResourceNotFoundException.builder().build());

        assertThat(credentials.exist("shop/reader")).isEqualTo(new Looked.Seen<>(true));
        assertThat(credentials.exist("shop/reader")).isEqualTo(new Looked.Seen<>(false));
        assertThat(credentials.exist("shop/reader")).isEqualTo(new Looked.Seen<>(false));
    }

    @Test
    void whatAwsDoesNotAnswerIsUnseen() {
        when(secrets.describeSecret(any(DescribeSecretRequest.class)))
                .thenThrow(SecretsManagerException.builder().message("denied").build());

        assertThat(credentials.exist("shop/reader")).isInstanceOf(Looked.Unseen.class);
    }
}
