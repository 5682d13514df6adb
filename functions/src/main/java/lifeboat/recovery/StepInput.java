package lifeboat.recovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;

/// What the state machine hands to a step, and the answer that goes back to it.
public record StepInput(JsonNode node) {
    public RecoveryId recovery() {
        return new RecoveryId(text("recovery"));
    }

    public ResourceName resource() {
        return new ResourceName(text("resource"));
    }

    public Optional<ResourceName> resourceIfGiven() {
        return find("resource").map(ResourceName::new);
    }

    public String text(String field) {
        return find(field)
                .orElseThrow(() -> new Invalid(
                        "LB-101",
                        "field \"%s\" is missing: this function is a step of the state machine".formatted(field)));
    }

    public Optional<String> find(String field) {
        return Optional.of(node.path(field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /// An answer that says which recovery it is about.
    ObjectNode answer() {
        return JsonNodeFactory.instance.objectNode().put("recovery", recovery().value());
    }

    /// An answer about one copy.
    ObjectNode answer(StepAnswer answer) {
        ObjectNode node = answer();
        resourceIfGiven().ifPresent(resource -> node.put("resource", resource.value()));
        return node.put("state", answer.state()).put("waitSeconds", answer.waitSeconds());
    }

    /// The message of the error that a step of the state machine caught, in the words of who threw it.
    public String error() {
        JsonNode error = node.path("error");
        String type = error.path("Error").asText("unknown error");
        String said = message(error.path("Cause").asText());
        // our own refusals are sentences: the class that carries one tells a reader nothing
        return type.startsWith("lifeboat.") && !said.isBlank() ? said : "%s: %s".formatted(type, said);
    }

    private static String message(String cause) {
        try {
            JsonNode parsed = new com.fasterxml.jackson.databind.ObjectMapper().readTree(cause);
            return parsed.path("errorMessage").asText(cause);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return cause; // not every cause is JSON: a timeout is told in words
        }
    }
}
