package lifeboat.recovery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import lifeboat.Invocation;
import lifeboat.Wiring;

/// Starts the recovery of everything when an ARC Region switch plan gives the region up.
///
/// A plan that calls again within the hour, as it does until it gets an answer, starts nothing twice.
///
/// @see <a href="https://docs.aws.amazon.com/r53recovery/latest/dg/custom-action-lambda-block.html">Custom action
///     Lambda execution block</a>
public final class RegionSwitchHandler implements RequestStreamHandler {
    private final RecoveryStarter starter;
    private final InstantSource clock;

    /// Called by the Lambda runtime, once a cold start.
    public RegionSwitchHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes the switch over given adapters.
    public RegionSwitchHandler(Wiring wiring) {
        this.starter = wiring.starter();
        this.clock = wiring.clock();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, _ -> start());
    }

    private JsonNode start() {
        var hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return StartedAnswer.of(starter.everything("region switch", hour));
    }
}
