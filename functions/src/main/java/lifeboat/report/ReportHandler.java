package lifeboat.report;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Sends the periodic reports: `{"period": "daily"}`, `weekly`, `monthly` or `quarterly`.
///
/// A schedule adds `"at": "<aws.scheduler.scheduled-time>"`, so that a late or repeated call is the same report.
///
/// @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html">
///     Context attributes of EventBridge Scheduler</a>
public final class ReportHandler implements RequestStreamHandler {
    private final Reporter reporter;
    private final InstantSource clock;

    /// Called by the Lambda runtime, once a cold start.
    public ReportHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the reports over given adapters.
    public ReportHandler(Wiring wiring) {
        this.reporter = wiring.reporter();
        this.clock = wiring.clock();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(
                event, answer, context, asked -> answer(reporter.report(ReportRequest.read(asked, clock.instant()))));
    }

    private static JsonNode answer(Reporter.Reported reported) {
        return switch (reported) {
            case Reporter.Reported.Now now -> {
                ObjectNode answer = about(now.request()).put("message", "sent: " + now.headline());
                yield now.page()
                        .map(page -> answer.put("page", page))
                        .orElseGet(() -> answer.put("pageNotKept", "LIFEBOAT_PAGES is not set"));
            }
            case Reporter.Reported.Before(var request) ->
                about(request).put("message", "sent before: nothing was done");
        };
    }

    private static ObjectNode about(ReportRequest request) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("period", request.period().label())
                .put("day", request.day().toString());
    }
}
