package lifeboat.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The policies of a template's roles, and what they let through, judged by an evaluator that is not ours.
///
/// @param account whose resources are asked for
/// @param policies the inline policies of each role as one document, by the role's logical id
public record Roles(String account, Map<String, JsonNode> policies) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A question: may this role do that to this?
    public record Question(String role, String action, String resource, Map<String, String> context) {}

    public static Roles of(JsonNode template, String account) {
        var statements = new TreeMap<String, ArrayNode>();
        template.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals("AWS::IAM::Policy")) {
                var properties = resource.getValue().path("Properties");
                properties
                        .path("Roles")
                        .forEach(role -> statements
                                .computeIfAbsent(role.path("Ref").asText(), _ -> JSON.createArrayNode())
                                .addAll((ArrayNode) resolved(properties.at("/PolicyDocument/Statement"))));
            }
        });
        var policies = new TreeMap<String, JsonNode>();
        statements.forEach((role, all) -> policies.put(
                role, JSON.createObjectNode().put("Version", "2012-10-17").set("Statement", all)));
        return new Roles(account, policies);
    }

    /// The logical id of the one role whose id holds that part.
    public String role(String part) {
        var found = policies.keySet().stream().filter(id -> id.contains(part)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("\"%s\" is in %s".formatted(part, found));
        }
        return found.getFirst();
    }

    /// `Allowed`, `ExplicitlyDenied` or `ImplicitlyDenied` for each question, in order.
    public List<String> answers(List<Question> questions) throws Exception {
        var asked = JSON.createObjectNode().put("account", account);
        asked.set("policies", JSON.valueToTree(policies));
        var cases = asked.putArray("cases");
        questions.forEach(question -> {
            var one = cases.addObject()
                    .put("policy", question.role())
                    .put("action", question.action())
                    .put("resource", question.resource());
            one.set("context", JSON.valueToTree(question.context()));
        });
        var told = Tool.run(List.of("node", "infra/src/test/node/evaluate.mjs"), asked.toString());
        if (told.exit() != 0) {
            throw new IllegalStateException(told.output());
        }
        var answers = new ArrayList<String>();
        JSON.readTree(told.output()).forEach(answer -> answers.add(answer.asText()));
        return answers;
    }

    /// What CloudFormation would put in place of its functions.
    private static JsonNode resolved(JsonNode node) {
        if (node.isArray()) {
            var all = JSON.createArrayNode();
            node.forEach(one -> all.add(resolved(one)));
            return all;
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.has("Fn::Join")) {
            return JSON.getNodeFactory()
                    .textNode(StreamSupport.stream(node.at("/Fn::Join/1").spliterator(), false)
                            .map(part -> resolved(part).asText())
                            .collect(Collectors.joining()));
        }
        if (node.path("Ref").asText().equals("AWS::Partition")) {
            return JSON.getNodeFactory().textNode("aws");
        }
        if (node.has("Ref") || node.has("Fn::GetAtt") || node.has("Fn::ImportValue")) {
            return JSON.getNodeFactory().textNode("arn:aws:logs:us-east-1:111122223333:log-group:elsewhere");
        }
        ObjectNode all = JSON.createObjectNode();
        node.properties().forEach(field -> all.set(field.getKey(), resolved(field.getValue())));
        return all;
    }
}
