package lifeboat.aws;

import java.util.function.Supplier;
import lifeboat.validation.Looked;
import software.amazon.awssdk.core.exception.SdkException;

/// Turns what AWS refuses or cannot answer into something unseen, so that one vault or table that cannot be looked at
/// does not hide the others.
public final class Looking {
    private Looking() {}

    /// What a look at AWS shows, or why it shows nothing.
    public static <T> Looked<T> at(Supplier<T> look) {
        try {
            return new Looked.Seen<>(look.get());
        } catch (SdkException e) {
            return new Looked.Unseen<>(String.valueOf(e.getMessage()));
        }
    }
}
