package lifeboat.aws;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import lifeboat.parity.Settings;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// The settings of one resource while they are read: one that cannot be read is noted with the reason and keeps no
/// other from being read.
public final class CapturedSettings {
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> unread = new TreeMap<>();

    /// Notes a value that is known already.
    public void put(String name, String value) {
        values.put(name, value);
    }

    /// Reads a value.
    ///
    /// @param reading empty: live does not have the setting
    public void read(String name, Supplier<Optional<String>> reading) {
        try {
            reading.get().ifPresent(value -> values.put(name, value));
        } catch (SdkException e) {
            unread.put(name, said(e));
        }
    }

    /// All that was read, and what was not.
    public Settings settings() {
        return new Settings(values, unread);
    }

    /// What AWS says of an error, without the numbers of the request.
    static String said(SdkException e) {
        return e instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? String.valueOf(service.awsErrorDetails().errorMessage())
                : String.valueOf(e.getMessage());
    }
}
