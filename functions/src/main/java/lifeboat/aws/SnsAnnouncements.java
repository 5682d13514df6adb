package lifeboat.aws;

import lifeboat.report.Announcements;
import lifeboat.report.Letter;
import software.amazon.awssdk.services.sns.SnsClient;

/// Letters, published to an SNS topic.
///
/// @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish: the limits of subject and
///     message</a>
public final class SnsAnnouncements implements Announcements {
    private final SnsClient sns;
    private final String topic;

    /// Publishes to one topic.
    ///
    /// @param topic its ARN
    public SnsAnnouncements(SnsClient sns, String topic) {
        this.sns = sns;
        this.topic = topic;
    }

    @Override
    public void announce(Letter letter) {
        sns.publish(publish -> publish.topicArn(topic).subject(letter.subject()).message(letter.body()));
    }
}
