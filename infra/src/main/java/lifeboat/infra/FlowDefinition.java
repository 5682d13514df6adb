package lifeboat.infra;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import lifeboat.infra.permission.Handler;
import lifeboat.infra.site.Site;
import software.amazon.awscdk.App;

/// A flow as it was synthesized, for whoever runs it elsewhere than in AWS: the recovery, the reconcile, or the
/// recording.
///
/// @param states the state machine in Amazon States Language (JSONPath), every function by its ARN
/// @param tasks the handler behind each task, by the name of the state
/// @param variables the environment variables of the functions, by handler
public record FlowDefinition(String states, Map<String, Handler> tasks, Map<Handler, Map<String, String>> variables) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public FlowDefinition {
        tasks = Map.copyOf(tasks);
        variables = Map.copyOf(variables);
    }

    /// Reads a flow of one region from an app's templates.
    ///
    /// @param machine the last part of the state machine's name: `recovery`, `reconcile` or `record`
    public static FlowDefinition of(App app, Site site, String machine) {
        var stack = app.synth().getStackByName(site.stack("recovery"));
        return of(JSON.<JsonNode>valueToTree(stack.getTemplate()), site, machine);
    }

    /// Reads a flow of one region from its template.
    static FlowDefinition of(JsonNode template, Site site, String machine) {
        var resources = template.path("Resources");
        var states = definition(resources, site, machine);
        var tasks = new TreeMap<String, Handler>();
        collectTasks(parsed(states), site, tasks);
        var variables =
                Arrays.stream(Handler.values()).collect(toMap(handler -> handler, handler -> handler.variables(site)));
        return new FlowDefinition(states, tasks, variables);
    }

    static String definition(JsonNode resources, Site site, String machine) {
        return StreamSupport.stream(resources.spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals("AWS::StepFunctions::StateMachine"))
                .map(resource -> resource.path("Properties"))
                .filter(properties ->
                        properties.path("StateMachineName").asText().equals(site.named(machine)))
                .map(properties -> joined(properties.path("DefinitionString"), resources, site))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the template has no state machine " + machine));
    }

    private static String joined(JsonNode text, JsonNode resources, Site site) {
        if (text.isTextual()) {
            return text.asText();
        }
        return StreamSupport.stream(text.at("/Fn::Join/1").spliterator(), false)
                .map(part -> part.isTextual() ? part.asText() : functionArn(part, resources, site))
                .collect(joining());
    }

    private static String functionArn(JsonNode reference, JsonNode resources, Site site) {
        var function = resources.path(reference.at("/Fn::GetAtt/0").asText());
        return site.arn(
                "lambda", "function:" + function.at("/Properties/FunctionName").asText());
    }

    private static void collectTasks(JsonNode node, Site site, Map<String, Handler> tasks) {
        node.path("States").properties().forEach(state -> {
            if (state.getValue().path("Type").asText().equals("Task")) {
                tasks.put(
                        state.getKey(),
                        handler(state.getValue().path("Resource").asText(), site));
            }
            collectTasks(state.getValue().path("ItemProcessor"), site, tasks);
        });
    }

    private static Handler handler(String arn, Site site) {
        return Arrays.stream(Handler.values())
                .filter(handler -> arn.equals(site.arn("lambda", "function:" + site.named(handler.label()))))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no handler has the function " + arn));
    }

    private static JsonNode parsed(String states) {
        try {
            return JSON.readTree(states);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the state machine is not JSON: " + states, broken);
        }
    }
}
