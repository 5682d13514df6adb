package lifeboat.catalog;

import java.util.List;
import java.util.Optional;

/// Who is told.
///
/// @param email addresses that receive every result
/// @param slackSecret name of the Secrets Manager secret with the URL of a Slack webhook; absent: no chat
public record Contacts(List<String> email, Optional<String> slackSecret) {
    public Contacts {
        email = List.copyOf(email);
    }
}
