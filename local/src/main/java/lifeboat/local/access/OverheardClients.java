package lifeboat.local.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import lifeboat.aws.Clients;
import lifeboat.catalog.RegionName;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/// The clients of one function: every request is written down before it goes on to whoever answers it.
///
/// @param clients who answers
/// @param requests what a request is to IAM
/// @param function who asks
/// @param accesses where it is written down
public record OverheardClients(
        Clients clients, Requests requests, String function, Accesses accesses, Map<SdkClient, SdkClient> made)
        implements Clients {
    public OverheardClients(Clients clients, Requests requests, String function, Accesses accesses) {
        this(clients, requests, function, accesses, new ConcurrentHashMap<>());
    }

    @Override
    public DynamoDbClient dynamoDb() {
        return overheard(DynamoDbClient.class, clients.dynamoDb());
    }

    @Override
    public DynamoDbClient items() {
        return overheard(DynamoDbClient.class, clients.items());
    }

    @Override
    public BackupClient backup() {
        return overheard(BackupClient.class, clients.backup());
    }

    @Override
    public BackupClient backup(RegionName region) {
        return clients.backup(region); // another region's resources have other ARNs
    }

    @Override
    public RdsClient rds() {
        return overheard(RdsClient.class, clients.rds());
    }

    @Override
    public SnsClient sns() {
        return overheard(SnsClient.class, clients.sns());
    }

    @Override
    public SecretsManagerClient secrets() {
        return overheard(SecretsManagerClient.class, clients.secrets());
    }

    @Override
    public SecretsManagerClient secrets(RegionName region) {
        return clients.secrets(region); // another region's resources have other ARNs
    }

    @Override
    public SfnClient stepFunctions() {
        return overheard(SfnClient.class, clients.stepFunctions());
    }

    @Override
    public S3Client s3() {
        return overheard(S3Client.class, clients.s3());
    }

    @Override
    public CloudWatchClient cloudWatch() {
        return overheard(CloudWatchClient.class, clients.cloudWatch());
    }

    @Override
    public ApplicationAutoScalingClient autoScaling() {
        return overheard(ApplicationAutoScalingClient.class, clients.autoScaling());
    }

    private <C extends SdkClient> C overheard(Class<C> type, C client) {
        return type.cast(made.computeIfAbsent(
                client,
                _ -> type.cast(Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, new Ear(client, this::note)))));
    }

    private void note(SdkRequest request) {
        requests.accesses(function, request).forEach(accesses::add);
    }

    /// Notes the request of each operation; consumers, paginators and waiters end in operations of the same proxy.
    private record Ear(SdkClient client, Consumer<SdkRequest> note) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (arguments != null
                    && arguments[0] instanceof SdkRequest request
                    && !method.getReturnType().getSimpleName().endsWith("Iterable")) {
                note.accept(request);
                return passOn(method, arguments);
            }
            boolean built = arguments != null && method.isDefault();
            return built ? InvocationHandler.invokeDefault(proxy, method, arguments) : passOn(method, arguments);
        }

        private @Nullable Object passOn(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(client, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause() == null ? thrown : thrown.getCause();
            }
        }
    }
}
