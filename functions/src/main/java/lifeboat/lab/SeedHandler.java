package lifeboat.lab;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.InputStream;
import java.io.OutputStream;
import lifeboat.Invocation;
import lifeboat.Wiring;
import lifeboat.catalog.Environment;
import lifeboat.catalog.Resource.RdsInstance;

/// Called by the lab's state machine on each deployment: fills the databases of the lab where they are empty, so
/// that its drills have something to prove. It stands in the network of the databases.
public final class SeedHandler implements RequestStreamHandler {
    private final Environment environment;
    private final LabDatabases databases;

    /// Called by the Lambda runtime, once a cold start.
    public SeedHandler() {
        this(Wiring.fromEnvironment());
    }

    /// Composes over given adapters.
    public SeedHandler(Wiring wiring) {
        this.environment = wiring.environment();
        this.databases = wiring.labDatabases();
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        Invocation.answer(event, answer, context, ignored -> seed());
    }

    private JsonNode seed() {
        var answer = JsonNodeFactory.instance.objectNode();
        environment.workloads().stream()
                .flatMap(workload -> workload.resources().stream())
                .filter(RdsInstance.class::isInstance)
                .map(RdsInstance.class::cast)
                .forEach(database -> answer.put(database.instance(), databases.seed(database)));
        return answer;
    }
}
