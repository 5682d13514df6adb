package lifeboat.recovery;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import lifeboat.catalog.Invalid;

/// The name of one recovery: the name of its execution, part of the name of every copy, its key in the ledger.
///
/// @param value the UTC day and six letters or digits, for example `20261120-k3v9x2`
public record RecoveryId(String value) {
    private static final String FORM = "[0-9]{8}-[a-z0-9]{6}";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

    public RecoveryId {
        if (!value.matches(FORM)) {
            throw new Invalid(
                    "LB-102",
                    "recovery \"%s\" is not allowed: a recovery's id, for example 20261120-k3v9x2".formatted(value));
        }
    }

    /// The id of the recovery that an execution carries out: its name where that is an id already, else made from it.
    /// The same execution always gives the same id.
    ///
    /// @param execution name of the Step Functions execution
    /// @param startedAt when the execution started
    public static RecoveryId ofExecution(String execution, Instant startedAt) {
        return execution.matches(FORM) ? new RecoveryId(execution) : from(execution, startedAt);
    }

    /// An id from anything that is unique to the recovery, such as the id of the request that asks for it.
    public static RecoveryId from(String unique, Instant startedAt) {
        BigInteger digest = new BigInteger(1, sha256(unique));
        String letters = digest.mod(BigInteger.valueOf(36).pow(6)).toString(36);
        return new RecoveryId(DAY.format(startedAt) + "-" + "0".repeat(6 - letters.length()) + letters);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
