package lifeboat.infra.messages;

import java.util.List;
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
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/// What Lifeboat says in one region: results to the contacts, and one log that all functions share, so that a
/// recovery reads in order. It stands apart because people have confirmed their subscriptions, and the log is
/// evidence.
public final class MessagesStack extends Stack {
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

    public Topic results() {
        return results;
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
                .removalPolicy(RemovalPolicy.RETAIN) // the logs are kept, so their key is
                .build();
        created.addToResourcePolicy(use("OurAccountThroughSns")
                .principals(List.of(new AnyPrincipal()))
                .conditions(Ordered.of(
                        "StringEquals",
                        Ordered.of(
                                "kms:CallerAccount", site.account().value(),
                                "kms:ViaService", "sns.%s.amazonaws.com".formatted(site.region()))))
                .build());
        created.addToResourcePolicy(use("ServicesThatPublish")
                .principals(List.of(
                        new ServicePrincipal("cloudwatch.amazonaws.com"),
                        new ServicePrincipal("events.amazonaws.com"),
                        new ServicePrincipal("backup.amazonaws.com"),
                        new ServicePrincipal("scheduler.amazonaws.com"),
                        new ServicePrincipal("sqs.amazonaws.com")))
                .conditions(Ordered.of(
                        "StringEquals",
                        Ordered.of("aws:SourceAccount", site.account().value())))
                .build());
        created.addToResourcePolicy(use("Logs")
                .principals(List.of(new ServicePrincipal("logs.%s.amazonaws.com".formatted(site.region()))))
                .conditions(Ordered.of(
                        "ArnLike", Ordered.of("kms:EncryptionContext:aws:logs:arn", site.arn("logs", "log-group:*"))))
                .build());
        return created;
    }

    private static PolicyStatement.Builder use(String id) {
        return PolicyStatement.Builder.create()
                .sid(id)
                .actions(List.of(
                        "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"))
                .resources(List.of("*"));
    }

    private Topic topicOfResults() {
        var topic = Topic.Builder.create(this, "Results")
                .topicName(site.named("results"))
                .displayName("Lifeboat " + site.environment().name())
                .masterKey(key)
                .enforceSsl(true)
                .build();
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("ServicesThatPublish")
                .principals(List.of(
                        new ServicePrincipal("cloudwatch.amazonaws.com"),
                        new ServicePrincipal("events.amazonaws.com"),
                        new ServicePrincipal("backup.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Ordered.of(
                        "StringEquals",
                        Ordered.of("aws:SourceAccount", site.account().value())))
                .build());
        site.environment().contacts().email().forEach(address -> topic.addSubscription(new EmailSubscription(address)));
        return topic;
    }

    private LogGroup sharedLog() {
        return LogGroup.Builder.create(this, "Log")
                .encryptionKey(key)
                .retention(RetentionDays.ONE_YEAR)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }
}
