package lifeboat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import lifeboat.catalog.Invalid;
import org.junit.jupiter.api.Test;

/// What the edge of a handler lets out when something fails.
class InvocationTest {
    @Test
    void whatALibraryQuotesStaysInside() {
        Throwable left = catchThrowable(() -> answer("{\"run\": \"1\"}", asked -> {
            Long.parseLong("hidden");
            return asked;
        }));

        assertThat(trace(left))
                .contains("NumberFormatException", "InvocationTest")
                .doesNotContain("hidden");
    }

    @Test
    void aRefusalIsTheSame() {
        Invalid refused = new Invalid("LB-101", "field \"run\" is missing");

        assertThat(catchThrowable(() -> answer("{}", _ -> {
                    throw refused;
                })))
                .isSameAs(refused);
    }

    @Test
    void anEventThatIsNoJsonIsNotQuoted() {
        Throwable left = catchThrowable(() -> answer("{\"keys\": hidden }", asked -> asked));

        assertThat(left).hasMessage("LB-101 the event is not JSON: line 1, column 10");
        assertThat(trace(left)).doesNotContain("hidden");
    }

    private static void answer(String event, Function<JsonNode, JsonNode> feature) {
        Context context = mock(Context.class);
        when(context.getAwsRequestId()).thenReturn("1");
        Invocation.answer(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                context,
                feature);
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
