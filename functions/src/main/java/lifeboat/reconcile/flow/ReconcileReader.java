package lifeboat.reconcile.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lifeboat.catalog.Invalid;
import lifeboat.catalog.ResourceName;
import lifeboat.reconcile.Cap;
import lifeboat.reconcile.Choice;
import lifeboat.reconcile.PlanId;
import lifeboat.reconcile.Rules;
import lifeboat.reconcile.UndoEntries;
import lifeboat.reconcile.sql.Triggers;
import lifeboat.recovery.RecoveryId;

/// Reads a request from JSON, strictly: whatever it does not know is refused with what is allowed.
final class ReconcileReader {
    private static final int SAMPLES = 5;
    private static final int MOST_SAMPLES = 100;
    private static final Map<String, Set<String>> FIELDS = new TreeMap<>(Map.of(
            "diff",
            Set.of(
                    "recovery",
                    "resource",
                    "tables",
                    "classes",
                    "keys",
                    "damagedWithin",
                    "explainedBy",
                    "changedOnBothSides",
                    "repairWithoutTime",
                    "graceSeconds",
                    "purged",
                    "samples",
                    "acceptCopy"),
            "show",
            Set.of("plan"),
            "apply",
            Set.of("plan", "cap", "triggers", "dryRun", "acceptCopy"),
            "undo",
            Set.of("plan", "triggers", "entries"),
            "status",
            Set.of("run")));

    private final JsonNode request;

    private ReconcileReader(JsonNode request) {
        this.request = request;
    }

    /// Reads one request.
    ///
    /// @throws Invalid naming the field, the value and what is allowed
    static Request read(JsonNode request) {
        if (!request.isObject()) {
            throw new Invalid(
                    "LB-454",
                    "the request is not a JSON object, for example {\"action\": \"diff\", \"recovery\": \"20261120-k3v9x2\", \"resource\": \"NAME\"}");
        }
        return new ReconcileReader(request).read();
    }

    private Request read() {
        String action = text("action").orElse("");
        Set<String> fields = FIELDS.get(action);
        if (fields == null) {
            throw new Invalid(
                    "LB-454",
                    "action \"%s\" is not allowed: one of %s".formatted(action, String.join(", ", FIELDS.keySet())));
        }
        for (String field : (Iterable<String>) request::fieldNames) {
            if (!field.equals("action") && !fields.contains(field)) {
                throw new Invalid(
                        "LB-454",
                        "field \"%s\" is not allowed with action %s: %s"
                                .formatted(field, action, String.join(", ", new TreeSet<>(fields))));
            }
        }
        return switch (action) {
            case "diff" -> diff();
            case "show" -> new Request.Show(plan());
            case "apply" -> new Request.Apply(plan(), cap(), triggers(), truth("dryRun"), acceptCopy());
            case "undo" -> new Request.Undo(plan(), triggers(), UndoEntries.parse("entries", text("entries")));
            default -> new Request.Status(new RunId(needed("run")));
        };
    }

    private Request diff() {
        return new Request.Diff(
                new RecoveryId(needed("recovery")),
                new ResourceName(needed("resource")),
                new Choice(
                        texts("tables"),
                        texts("classes"),
                        texts("keys"),
                        text("damagedWithin"),
                        text("changedOnBothSides").orElse(Choice.KEEP_LIVE),
                        truth("repairWithoutTime"),
                        whole("graceSeconds", Rules.DEFAULT_GRACE.toSeconds(), Choice.MOST_GRACE_SECONDS),
                        texts("purged"),
                        ""),
                text("explainedBy"),
                (int) whole("samples", SAMPLES, MOST_SAMPLES),
                acceptCopy());
    }

    private PlanId plan() {
        return new PlanId(needed("plan"));
    }

    private Cap cap() {
        JsonNode cap = request.path("cap");
        if (cap.isMissingNode()) {
            return Cap.DEFAULT;
        }
        if (!cap.isNumber()) {
            throw wrong("cap", "a percentage from 0 to 100");
        }
        return new Cap(cap.doubleValue(), false);
    }

    private Optional<String> acceptCopy() {
        Optional<String> standing = text("acceptCopy");
        if (standing.isPresent() && !CopyStanding.ACCEPTED.contains(standing.get())) {
            throw wrong("acceptCopy", String.join(" or ", CopyStanding.ACCEPTED));
        }
        return standing;
    }

    private Triggers triggers() {
        String asked = text("triggers").orElse("ask");
        return switch (asked) {
            case "ask", "fire", "off" -> Triggers.valueOf(asked.toUpperCase(Locale.ROOT));
            default -> throw wrong("triggers", "ask, fire or off");
        };
    }

    private String needed(String field) {
        return text(field).orElseThrow(() -> new Invalid("LB-454", "field \"%s\" is missing".formatted(field)));
    }

    private Optional<String> text(String field) {
        JsonNode value = request.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw wrong(field, "a text");
        }
        return Optional.of(value.textValue());
    }

    private List<String> texts(String field) {
        JsonNode values = request.path(field);
        List<String> texts = new ArrayList<>();
        if (values.isMissingNode()) {
            return texts;
        }
        if (!values.isArray() || values.isEmpty()) {
            throw wrong(field, "a list of texts, at least one; leave it out to choose everything");
        }
        for (JsonNode value : values) {
            if (!value.isTextual() || value.textValue().isBlank()) {
                throw wrong(field, "a list of texts");
            }
            texts.add(value.textValue());
        }
        return texts;
    }

    private boolean truth(String field) {
        JsonNode value = request.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong(field, "true or false");
        }
        return value.asBoolean();
    }

    private long whole(String field, long otherwise, long most) {
        JsonNode value = request.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || value.longValue() < 0 || value.longValue() > most) {
            throw wrong(field, "a whole number from 0 to " + most);
        }
        return value.longValue();
    }

    private Invalid wrong(String field, String allowed) {
        return new Invalid(
                "LB-454",
                "%s %s is not allowed: %s".formatted(field, request.path(field), allowed),
                "%s is not allowed as it is: %s".formatted(field, allowed));
    }
}
