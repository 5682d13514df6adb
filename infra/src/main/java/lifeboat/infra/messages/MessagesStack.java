package lifeboat.infra.messages;

import java.util.List;
import java.util.Map;
import lifeboat.infra.site.Ordered;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/// What Lifeboat says in one region: results to the contacts, and one log that all functions share, so that a
/// recovery reads in order. It stands apart because people have confirmed their subscriptions, and the log is
/// evidence.
///
/// Services that publish are let in here and nowhere else: CDK would add statements without a condition beside
/// these.
///
/// @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html">Encrypted topics and the services
///     that publish to them</a>
public final class MessagesStack extends Stack {
    private static final String ALARMS = "cloudwatch.amazonaws.com";
    private static final String EVENTS = "events.amazonaws.com";
    private static final String BACKUP = "backup.amazonaws.com";

    private final Site site;
    private final Key key;
    private final Topic results;
    private final LogGroup logs;

    public MessagesStack(Construct scope, Site site) {
        super(scope, site.stack("messages"), site.properties("results and logs"));
        this.site = site;
        this.key = rotatingKey();
        this.results = topicOfResults();
        this.logs = sharedLog();
    }

    /// The topic as others see it, so that CDK adds nothing to its policy or to that of its key.
    ///
    /// @param scope what publishes to it, or has others publish
    public ITopic results(Construct scope) {
        return Topic.fromTopicArn(scope, "Results", results.getTopicArn());
    }

    public LogGroup logs() {
        return logs;
    }

    public Key key() {
        return key;
    }

    private Key rotatingKey() {
        var created = Key.Builder.create(this, "Key")
                .description("Lifeboat %s: messages and logs"
                        .formatted(site.environment().name()))
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE) // the logs are kept, so their key is
                .build();
        created.addToResourcePolicy(use("OurAccountThroughSnsAndSqs")
                .principals(List.of(new AnyPrincipal()))
                .conditions(Ordered.of(
                        "StringEquals",
                        Ordered.of(
                                "kms:CallerAccount",
                                site.account().value(),
                                "kms:ViaService",
                                List.of(
                                        "sns.%s.amazonaws.com".formatted(site.region()),
                                        "sqs.%s.amazonaws.com".formatted(site.region())))))
                .build());
        created.addToResourcePolicy(
                encrypt("Alarms", ALARMS).conditions(ofOurAlarms()).build());
        // Without a condition: source keys in a key policy are not supported for EventBridge.
        created.addToResourcePolicy(encrypt("EventBridge", EVENTS).build());
        // Without a condition: AWS Backup documents none for its notifications.
        created.addToResourcePolicy(encrypt("AwsBackup", BACKUP).build());
        // Log groups are named by the functions and state machines of all stacks.
        created.addToResourcePolicy(use("Logs")
                .principals(List.of(new ServicePrincipal("logs.%s.amazonaws.com".formatted(site.region()))))
                .conditions(Ordered.of(
                        "ArnLike", Ordered.of("kms:EncryptionContext:aws:logs:arn", site.arn("logs", "log-group:*"))))
                .build());
        return created;
    }

    /// In the policy of a key, `*` is that key.
    private static PolicyStatement.Builder use(String id) {
        return PolicyStatement.Builder.create()
                .sid(id)
                .actions(List.of(
                        "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"))
                .resources(List.of("*"));
    }

    /// In the policy of a key, `*` is that key.
    private static PolicyStatement.Builder encrypt(String id, String service) {
        return PolicyStatement.Builder.create()
                .sid(id)
                .principals(List.of(new ServicePrincipal(service)))
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"))
                .resources(List.of("*"));
    }

    private static PolicyStatement.Builder publish(Topic topic, String id, String service) {
        return PolicyStatement.Builder.create()
                .sid(id)
                .principals(List.of(new ServicePrincipal(service)))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()));
    }

    /// Alarms of all stacks, and those of restored copies, which are named when they are planned.
    private Map<String, Object> ofOurAlarms() {
        return Ordered.of(
                "StringEquals", Ordered.of("aws:SourceAccount", site.account().value()),
                "ArnLike", Ordered.of("aws:SourceArn", site.arn("cloudwatch", "alarm:*")));
    }

    private Topic topicOfResults() {
        var topic = Topic.Builder.create(this, "Results")
                .topicName(site.named("results"))
                .displayName("Lifeboat " + site.environment().name())
                .masterKey(key)
                .enforceSsl(true)
                .build();
        topic.addToResourcePolicy(
                publish(topic, "Alarms", ALARMS).conditions(ofOurAlarms()).build());
        // Without a condition: EventBridge supports none in the policy of a topic.
        topic.addToResourcePolicy(publish(topic, "EventBridge", EVENTS).build());
        // Without a condition: AWS Backup documents none for its notifications.
        topic.addToResourcePolicy(publish(topic, "AwsBackup", BACKUP).build());
        site.environment().contacts().email().forEach(address -> topic.addSubscription(new EmailSubscription(address)));
        return topic;
    }

    private LogGroup sharedLog() {
        return LogGroup.Builder.create(this, "Log")
                .encryptionKey(key)
                .retention(RetentionDays.ONE_YEAR)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }
}
