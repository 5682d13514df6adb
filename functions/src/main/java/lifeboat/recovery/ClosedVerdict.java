package lifeboat.recovery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The verdict on a closed recovery, as it is written down once and kept for auditors.
///
/// @param json the verdict; always the same bytes for the same verdict
/// @param digest SHA-256 of these bytes in UTF-8, hexadecimal
public record ClosedVerdict(String json, String digest) {
    /// A verdict that was written down before.
    public static ClosedVerdict of(String json) {
        return new ClosedVerdict(json, sha256(json));
    }

    private static String sha256(String json) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
