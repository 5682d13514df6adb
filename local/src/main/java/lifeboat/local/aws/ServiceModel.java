package lifeboat.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// AWS's own description of one service: its operations and the shapes of what they take.
final class ServiceModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ServiceModel> READ = new ConcurrentHashMap<>();

    private final JsonNode shapes;
    private final Map<String, String> inputs = new TreeMap<>();

    private ServiceModel(JsonNode model) {
        this.shapes = model.path("shapes");
        model.path("operations")
                .properties()
                .forEach(operation -> inputs.put(
                        operation.getKey().toLowerCase(Locale.ROOT),
                        operation.getValue().path("input").path("shape").asText()));
    }

    /// The model of a service, read once.
    ///
    /// @param file for example `backup-2018-11-15`
    static ServiceModel of(String file) {
        return READ.computeIfAbsent(file, ServiceModel::read);
    }

    private static ServiceModel read(String file) {
        String path = "/models/%s-model.json".formatted(file);
        try (InputStream model = ServiceModel.class.getResourceAsStream(path)) {
            if (model == null) {
                throw new IllegalStateException("no service model " + path);
            }
            return new ServiceModel(JSON.readTree(model));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What an operation takes; empty: the model does not know the operation.
    ///
    /// @param operation in any case: the SDK writes `DescribeDbInstances`, the model `DescribeDBInstances`
    Optional<JsonNode> input(String operation) {
        return Optional.ofNullable(inputs.get(operation.toLowerCase(Locale.ROOT)))
                .map(this::shape);
    }

    JsonNode shape(String name) {
        return shapes.path(name);
    }

    /// The shape that a member, element, key or value refers to.
    JsonNode target(JsonNode reference) {
        return shape(reference.path("shape").asText());
    }
}
