package lifeboat.failure;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import lifeboat.catalog.Invalid;
import lifeboat.failure.sql.SqlFailure;
import org.jspecify.annotations.Nullable;

/// A failure as it may leave a function: what it is and where it happened.
///
/// Lambda logs every exception that leaves a handler, with all its causes, and the state machine keeps the message in
/// its history. Libraries quote what they could not read: `For input string: "4111..."`. So a message stays only where
/// our own code worded it, which takes care of what it says, or where it speaks of a service, a file or the network.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String OURS = "lifeboat.";
    private static final String SDK = "software.amazon.awssdk.";

    /// Libraries that the SDK brings under names of its own.
    private static final String LIBRARIES_OF_SDK = SDK + "thirdparty.";

    private Failure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// The same failure where nothing in it can hold a value, else another that says what may be said.
    public static RuntimeException withoutValues(RuntimeException failure) {
        if (isClean(failure)) {
            return failure;
        }
        RuntimeException clean = failure instanceof Invalid invalid
                ? new Invalid(invalid.code(), invalid.reason())
                : new Failure(text(failure), clean(failure.getCause()));
        return placed(clean, failure);
    }

    /// What it says, where that may leave; else what it is and where in our code it happened.
    public static String text(Throwable failure) {
        return SqlFailure.said(failure)
                .or(() -> Optional.ofNullable(failure.getMessage()).filter(said -> speaksFreely(failure)))
                .orElseGet(() -> failure.getClass().getName() + place(failure));
    }

    /// Whether our own code made it, and so its message.
    public static boolean isOurs(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .findFirst()
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .isPresent();
    }

    private static @Nullable Throwable clean(@Nullable Throwable cause) {
        if (cause == null || isClean(cause)) {
            return cause;
        }
        return placed(new Failure(text(cause), clean(cause.getCause())), cause);
    }

    private static <T extends Throwable> T placed(T clean, Throwable failure) {
        clean.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            clean.addSuppressed(clean(suppressed));
        }
        return clean;
    }

    private static boolean isClean(Throwable failure) {
        return Stream.concat(Stream.of(failure), behind(failure)).allMatch(Failure::speaksFreely);
    }

    private static boolean speaksFreely(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return true;
        }
        Optional<String> ofDatabase = SqlFailure.said(failure);
        if (ofDatabase.isPresent()) {
            return ofDatabase.get().equals(message);
        }
        return (isOurs(failure) || isOfService(failure) || isOfNetworkOrFile(failure)) && !quotes(message, failure);
    }

    /// A message that is made of another says no more than that may.
    private static boolean quotes(String message, Throwable failure) {
        return behind(failure)
                .filter(cause -> !speaksFreely(cause))
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .anyMatch(message::contains);
    }

    /// Its causes, what it suppressed, and what lies behind those.
    private static Stream<Throwable> behind(Throwable failure) {
        return Stream.concat(Stream.ofNullable(failure.getCause()), Arrays.stream(failure.getSuppressed()))
                .flatMap(one -> Stream.concat(Stream.of(one), behind(one)));
    }

    private static boolean isOfService(Throwable failure) {
        String type = failure.getClass().getName();
        return type.startsWith(SDK) && !type.startsWith(LIBRARIES_OF_SDK);
    }

    private static boolean isOfNetworkOrFile(Throwable failure) {
        return failure instanceof IOException
                && (failure instanceof SocketException
                        || failure instanceof SocketTimeoutException
                        || failure instanceof UnknownHostException
                        || failure instanceof SSLException
                        || failure instanceof FileSystemException);
    }

    private static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame -> " at %s.%s(%s:%d)"
                        .formatted(
                                frame.getClassName(),
                                frame.getMethodName(),
                                frame.getFileName(),
                                frame.getLineNumber()))
                .orElse("");
    }
}
