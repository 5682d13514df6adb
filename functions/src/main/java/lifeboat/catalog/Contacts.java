package lifeboat.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Who is notified.
///
/// @param email addresses that receive every result
/// @param rowKeys whether keys of rows may leave, in e-mails, refusals and the state machine; what rows hold never does
/// @param slackSecret name of the Secrets Manager secret with the URL of a Slack webhook; absent: no chat
public record Contacts(List<String> email, boolean rowKeys, Optional<String> slackSecret) {
    public Contacts {
        email = List.copyOf(email);
    }

    /// Keys may be shown.
    public Contacts(List<String> email, Optional<String> slackSecret) {
        this(email, true, slackSecret);
    }

    /// Does something; a refusal quotes keys only where they may be shown. It is logged by the runtime, and the history
    /// of the state machine keeps it.
    ///
    /// @throws Invalid as the work does
    public <T> T withKeysOnlyIfShown(Supplier<T> work) {
        try {
            return work.get();
        } catch (Invalid refused) {
            throw rowKeys ? refused : refused.withoutKeys();
        }
    }
}
