package lifeboat.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import lifeboat.catalog.Invalid;
import lifeboat.reconcile.sql.StoreFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// What leaves a handler when something fails.
class FailureTest {
    private static final String SECRET = "hiddentext";

    @ParameterizedTest
    @MethodSource
    void whatLibrariesQuoteStaysBehind(RuntimeException failure) {
        assertThat(trace(failure)).contains(SECRET);

        RuntimeException left = Failure.withoutValues(failure);

        assertThat(trace(left)).doesNotContain(SECRET).contains("FailureTest");
        assertThat(left.getMessage()).isNotBlank();
        assertThat(left.getStackTrace()).isEqualTo(failure.getStackTrace());
    }

    static Stream<RuntimeException> whatLibrariesQuoteStaysBehind() {
        IOException json = new IOException(broken());
        return Stream.of(
                thrown(() -> Long.parseLong(SECRET)),
                thrown(() -> Instant.parse(SECRET)),
                thrown(() -> Thread.State.valueOf(SECRET)),
                thrown(() -> CompletableFuture.supplyAsync(() -> Long.parseLong(SECRET))
                        .join()),
                new IllegalStateException("the plan could not be read", thrown(() -> Instant.parse(SECRET))),
                new IllegalStateException(thrown(() -> Instant.parse(SECRET))),
                new UncheckedIOException(broken()),
                new UncheckedIOException("the log could not be read: " + broken().getMessage(), json),
                suppressing(new IllegalStateException("two failed"), thrown(() -> Instant.parse(SECRET))),
                new IllegalStateException("two failed", ofDriver("Duplicate entry 'hiddentext'", "23000", 1062)),
                SdkClientException.create("Unable to unmarshall response (" + broken().getMessage() + ")", broken()));
    }

    @Test
    void whatOurCodeServicesAndTheNetworkSayLeavesAsItIs() {
        Stream.of(
                        new IllegalStateException("an earlier step has not let go yet"),
                        new StoreFailed("reading", ofDriver("Duplicate entry 'hiddentext'", "23000", 1062)),
                        SdkClientException.create("no answer", new ConnectException("Connection refused")),
                        ResourceNotFoundException.builder()
                                .message("no such table")
                                .build(),
                        new NullPointerException())
                .forEach(failure -> assertThat(Failure.withoutValues(failure)).isSameAs(failure));
    }

    @Test
    void aRefusalStaysOneSoThatNobodyTriesItAgain() {
        Invalid refusal = new Invalid("LB-481", "endpoint \"db\" is not allowed");
        refusal.initCause(ofDriver("Access denied for 'hiddentext'", "HY000", 1));

        RuntimeException left = Failure.withoutValues(refusal);

        assertThat(left).isInstanceOf(Invalid.class).hasMessage(refusal.getMessage());
        assertThat(trace(left)).doesNotContain(SECRET);
    }

    @Test
    void whereTheMessageIsWithheldKindAndPlaceAreSaid() {
        assertThat(Failure.text(thrown(() -> Long.parseLong(SECRET))))
                .startsWith("java.lang.NumberFormatException at lifeboat.failure.FailureTest.")
                .doesNotContain(SECRET);
    }

    private static SQLException ofDriver(String message, String state, int number) {
        SQLException failure = new SQLException(message, state, number);
        failure.setStackTrace(
                new StackTraceElement[] {new StackTraceElement("org.mariadb.jdbc.Statement", "execute", null, 1)});
        return failure;
    }

    private static JsonProcessingException broken() {
        try {
            new ObjectMapper().readTree("{\"a\": hiddentext}");
        } catch (JsonProcessingException e) {
            return e;
        }
        throw new IllegalStateException();
    }

    private static RuntimeException suppressing(RuntimeException failure, RuntimeException other) {
        failure.addSuppressed(other);
        return failure;
    }

    private static RuntimeException thrown(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new IllegalStateException("nothing was thrown");
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
