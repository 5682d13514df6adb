package lifeboat.aws;

import java.util.function.Supplier;
import lifeboat.validation.Credentials;
import lifeboat.validation.Looked;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/// Asks Secrets Manager of the recovery region which secrets it has. No value is read.
///
/// @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html">Replicating
///     secrets</a>
public final class RecoveryCredentials implements Credentials {
    private final Supplier<SecretsManagerClient> secrets;

    /// @param secrets of the recovery region; made when it is first needed
    public RecoveryCredentials(Supplier<SecretsManagerClient> secrets) {
        this.secrets = secrets;
    }

    @Override
    public Looked<Boolean> exist(String secret) {
        return Looking.at(() -> exists(secrets.get(), secret));
    }

    /// A secret that is to be deleted still answers, and serves nobody any more.
    private static boolean exists(SecretsManagerClient secrets, String secret) {
        try {
            DescribeSecretResponse found = secrets.describeSecret(request -> request.secretId(secret));
            return found.deletedDate() == null;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }
}
