package lifeboat.local.aws;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Stands in for Secrets Manager, which has no engine here: keeps secrets in memory, found by name or ARN.
///
/// @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html">Secrets Manager API</a>
final class SecretsManagerStandIn implements SecretsManagerClient {
    private final World world;
    private final Map<String, GetSecretValueResponse> secrets = new ConcurrentHashMap<>();

    SecretsManagerStandIn(World world) {
        this.world = world;
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public CreateSecretResponse createSecret(CreateSecretRequest request) {
        Instant now = world.now();
        String arn = world.account().arn("secretsmanager", "secret:" + request.name() + "-AbCdEf");
        GetSecretValueResponse secret = GetSecretValueResponse.builder()
                .arn(arn)
                .name(request.name())
                .secretString(request.secretString())
                .versionStages("AWSCURRENT")
                .createdDate(now)
                .build();
        if (secrets.putIfAbsent(request.name(), secret) != null) {
            throw Refusals.of(
                            ResourceExistsException.builder(),
                            "ResourceExistsException",
                            "The operation failed because the secret %s already exists.".formatted(request.name()))
                    .build();
        }
        secrets.put(arn, secret);
        return CreateSecretResponse.builder().arn(arn).name(request.name()).build();
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        @Nullable GetSecretValueResponse secret = secrets.get(request.secretId());
        if (secret == null) {
            throw Refusals.of(
                            ResourceNotFoundException.builder(),
                            "ResourceNotFoundException",
                            "Secrets Manager can't find the specified secret.")
                    .build();
        }
        return secret;
    }
}
