package lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// Judges every request against AWS's own model of the service: required members, enumerations, patterns, lengths,
/// ranges. The SDK itself sends malformed requests without complaint.
///
/// The models end with the first SDK for Java; what is newer is let through only where it is listed here. S3 was
/// never part of those models, so requests to it are not judged.
public final class Judge {
    private static final Map<String, String> MODELS = Map.of(
            "backup", "backup-2018-11-15",
            "rds", "rds-2014-10-31",
            "dynamodb", "dynamodb-2012-08-10",
            "sns", "sns-2010-03-31",
            "secretsmanager", "secretsmanager-2017-10-17",
            "states", "states-2016-11-23",
            "monitoring", "monitoring-2010-08-01",
            "application-autoscaling", "application-autoscaling-2016-02-06");

    // Not judged at all: the reason stands beside each.
    private static final Set<String> SERVICES_WITHOUT_MODEL = Set.of("s3"); // its first client was written by hand

    // Newer than the models: each stands in the current API reference of its operation.
    private static final Set<String> NEWER_MEMBERS =
            Set.of("UpdateContinuousBackups/PointInTimeRecoverySpecification/RecoveryPeriodInDays");

    private final List<MalformedRequest> found = new CopyOnWriteArrayList<>();

    /// Judges a request.
    ///
    /// @param service as the SDK's `SERVICE_METADATA_ID` writes it
    /// @throws MalformedRequest naming the operation, the member, its value and the rule
    public void judge(String service, SdkRequest request) {
        if (SERVICES_WITHOUT_MODEL.contains(service)) {
            return;
        }
        String operation = request.getClass().getSimpleName().replaceAll("Request$", "");
        @Nullable String file = MODELS.get(service);
        if (file == null) {
            throw remember(new MalformedRequest(operation, "service", service, "one of " + MODELS.keySet()));
        }
        ServiceModel model = ServiceModel.of(file);
        Optional<JsonNode> input = model.input(operation);
        if (input.isEmpty()) {
            throw remember(new MalformedRequest(operation, "operation", operation, "an operation of " + file));
        }
        new Reading(model, operation).pojo("", (SdkPojo) request, input.get());
    }

    /// Every breach so far, in the order of their arrival.
    public List<MalformedRequest> found() {
        return List.copyOf(found);
    }

    private MalformedRequest remember(MalformedRequest breach) {
        found.add(breach);
        return breach;
    }

    /// One request being read, member by member.
    private final class Reading {
        private final ServiceModel model;
        private final String operation;

        Reading(ServiceModel model, String operation) {
            this.model = model;
            this.operation = operation;
        }

        void pojo(String path, SdkPojo pojo, JsonNode shape) {
            for (JsonNode required : shape.path("required")) {
                demand(pojo, path, required.asText());
            }
            for (SdkField<?> field : pojo.sdkFields()) {
                @Nullable Object value = present(field.getValueOrDefault(pojo));
                if (value != null) {
                    member(path + "/" + field.memberName(), value, shape.path("members"), field);
                }
            }
        }

        private void demand(SdkPojo pojo, String path, String name) {
            boolean given = pojo.sdkFields().stream()
                    .filter(field -> field.memberName().equals(name)
                            || field.locationName().equals(name))
                    .anyMatch(field -> present(field.getValueOrDefault(pojo)) != null
                            || field.containsTrait(DefaultValueTrait.class));
            if (!given) {
                throw breach(path + "/" + name, "nothing", "required");
            }
        }

        // Where a name is a word of Java or of the SDK, only its place on the wire still has AWS's name (NULL, NUL).
        private void member(String path, Object value, JsonNode members, SdkField<?> field) {
            String name = members.has(field.memberName()) ? field.memberName() : field.locationName();
            JsonNode reference = members.path(name);
            if (reference.isMissingNode() && NEWER_MEMBERS.contains(operation + path)) {
                return;
            }
            if (reference.isMissingNode()) {
                throw breach(path, value, "a member that the service model knows");
            }
            value(path, value, model.target(reference));
        }

        private void value(String path, Object value, JsonNode shape) {
            switch (value) {
                case SdkPojo pojo -> pojo(path, pojo, shape);
                case Map<?, ?> map -> map(path, map, shape);
                case Collection<?> list -> list(path, list, shape);
                case SdkBytes bytes -> bounds(path, "bytes", bytes.asByteArrayUnsafe().length, shape);
                case Number number -> bounds(path, "value", number.doubleValue(), shape);
                default -> text(path, value.toString(), shape);
            }
        }

        private void map(String path, Map<?, ?> map, JsonNode shape) {
            bounds(path, "entries", map.size(), shape);
            map.forEach((key, value) -> {
                value(path + "/key", key, model.target(shape.path("key")));
                value(path + "/" + key, value, model.target(shape.path("value")));
            });
        }

        private void list(String path, Collection<?> list, JsonNode shape) {
            bounds(path, "elements", list.size(), shape);
            int index = 0;
            for (Object element : list) {
                value(path + "[" + index++ + "]", element, model.target(shape.path("member")));
            }
        }

        private void text(String path, String text, JsonNode shape) {
            if (shape.path("type").asText().equals("string")) {
                bounds(path, "characters", text.codePointCount(0, text.length()), shape);
            }
            JsonNode allowed = shape.path("enum");
            if (allowed.isArray() && !names(allowed).contains(text)) {
                throw breach(path, text, "one of " + names(allowed));
            }
            String pattern = shape.path("pattern").asText();
            if (!pattern.isEmpty() && !Pattern.matches(pattern, text)) {
                throw breach(path, text, "pattern " + pattern);
            }
        }

        private void bounds(String path, String unit, double size, JsonNode shape) {
            if (shape.has("min") && size < shape.path("min").asDouble()) {
                throw breach(path, size, "at least %s %s".formatted(shape.path("min"), unit));
            }
            if (shape.has("max") && size > shape.path("max").asDouble()) {
                throw breach(path, size, "at most %s %s".formatted(shape.path("max"), unit));
            }
        }

        private MalformedRequest breach(String path, Object value, String rule) {
            return remember(new MalformedRequest(operation, path.substring(1), value, rule));
        }
    }

    private static List<String> names(JsonNode allowed) {
        return StreamSupport.stream(allowed.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    // The SDK gives empty collections for those that were never set.
    private static @Nullable Object present(@Nullable Object value) {
        return value instanceof SdkAutoConstructList<?> || value instanceof SdkAutoConstructMap<?, ?> ? null : value;
    }
}
