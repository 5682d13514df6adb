package lifeboat.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/// Stands in for SNS, which has no engine here: keeps what was published, so that it can be read.
///
/// @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>
public final class SnsStandIn implements SnsClient {
    private static final int MESSAGE_BYTES = 256 * 1024;

    private final World world;
    private final Set<String> topics = ConcurrentHashMap.newKeySet();
    private final List<PublishRequest> published = new CopyOnWriteArrayList<>();

    SnsStandIn(World world) {
        this.world = world;
    }

    /// Everything published so far.
    public List<PublishRequest> published() {
        return List.copyOf(published);
    }

    @Override
    public String serviceName() {
        return SERVICE_METADATA_ID;
    }

    @Override
    public void close() {}

    @Override
    public CreateTopicResponse createTopic(CreateTopicRequest request) {
        String arn = world.account().arn("sns", request.name());
        topics.add(arn);
        return CreateTopicResponse.builder().topicArn(arn).build();
    }

    @Override
    public PublishResponse publish(PublishRequest request) {
        if (!topics.contains(request.topicArn())) {
            throw Refusals.of(NotFoundException.builder(), "NotFound", "Topic does not exist")
                    .statusCode(404)
                    .build();
        }
        @Nullable String subject = request.subject();
        if (subject != null && !subject.matches("[\\x20-\\x7E]{1,99}")) {
            throw invalid("Subject");
        }
        int size = request.message().getBytes(StandardCharsets.UTF_8).length;
        if (size == 0 || size > MESSAGE_BYTES) {
            throw invalid(size == 0 ? "Empty message" : "Message too long");
        }
        published.add(request);
        return PublishResponse.builder()
                .messageId(new UUID(published.size(), size).toString())
                .build();
    }

    private static RuntimeException invalid(String what) {
        return Refusals.of(InvalidParameterException.builder(), "InvalidParameter", "Invalid parameter: " + what)
                .build();
    }
}
