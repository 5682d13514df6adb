package lifeboat.catalog;

import java.util.List;
import java.util.Optional;

/// Who is notified.
///
/// @param email addresses that receive every result
/// @param rowKeys whether e-mails may show keys of rows that differ; what rows hold they never show
/// @param slackSecret name of the Secrets Manager secret with the URL of a Slack webhook; absent: no chat
public record Contacts(List<String> email, boolean rowKeys, Optional<String> slackSecret) {
    public Contacts {
        email = List.copyOf(email);
    }

    /// Keys may be shown.
    public Contacts(List<String> email, Optional<String> slackSecret) {
        this(email, true, slackSecret);
    }
}
