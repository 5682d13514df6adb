package lifeboat.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The environment file: one environment, in YAML as people write it or in JSON as it travels with the functions.
///
/// Both are the same document. A file is read whole or refused whole, with every problem at once.
public final class EnvironmentFile {
    /// The environment variable with the path of the compiled catalog in a function.
    public static final String VARIABLE = "LIFEBOAT_CATALOG";

    private EnvironmentFile() {}

    /// The environment in a file: JSON where its name ends in `.json`, else YAML.
    ///
    /// @throws InvalidEnvironment where the file cannot be read or is not right
    public static Environment read(Path file) {
        return parse(file.toString(), content(file));
    }

    /// The environment that a function was deployed with.
    ///
    /// @param variables the environment variables of the process
    /// @throws Invalid where [#VARIABLE] is not set
    /// @throws InvalidEnvironment where the file it names is not right
    public static Environment deployed(Map<String, String> variables) {
        var path = variables.getOrDefault(VARIABLE, "");
        if (path.isBlank()) {
            throw new Invalid("LB-020", "%s is not set: the path of the compiled catalog".formatted(VARIABLE));
        }
        return read(Path.of(path));
    }

    /// The environment in a text.
    ///
    /// @param name as the problems name it; JSON where it ends in `.json`, else YAML
    /// @throws InvalidEnvironment where the text is not right
    public static Environment parse(String name, String text) {
        return EnvironmentMapping.environment(new Cursor(document(name, text)));
    }

    /// The file as compact JSON, which reads back as an equal environment.
    ///
    /// @throws InvalidEnvironment where the file cannot be read or is not right
    public static String compile(Path file) {
        var json = new StringWriter();
        try (var generator = new JsonFactory().createGenerator(json)) {
            write(document(file.toString(), content(file)), generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return json.toString();
    }

    private static Node.Mapping document(String name, String text) {
        var problems = new ArrayList<Problem>();
        var root = new DocumentReader(problems).read(text, name.endsWith(".json"));
        root.ifPresent(node -> check(node, problems));
        if (problems.isEmpty() && root.isPresent() && root.get() instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw new InvalidEnvironment(name, problems);
    }

    static void check(Node root, List<Problem> problems) {
        if (root instanceof Node.Mapping mapping) {
            new ShapeCheck(problems).check(EnvironmentKeys.FILE, mapping, "");
            new CrossFieldRules(problems).check(new Cursor(mapping));
        } else {
            var keys = EnvironmentKeys.FILE.keys().stream()
                    .filter(Shape.Key::required)
                    .map(Shape.Key::name)
                    .toList();
            var found = root instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NOTHING
                    ? "the file is empty"
                    : "the file holds " + root.described();
            problems.add(new Problem(
                    "LB-006", "", root.line(), found + ": it must be a map with " + String.join(", ", keys), ""));
        }
    }

    private static void write(Node node, JsonGenerator json) throws IOException {
        switch (node) {
            case Node.Mapping(var fields, var _) -> {
                json.writeStartObject();
                for (var field : fields.entrySet()) {
                    json.writeFieldName(field.getKey());
                    write(field.getValue().value(), json);
                }
                json.writeEndObject();
            }
            case Node.Sequence(var items, var _) -> {
                json.writeStartArray();
                for (var item : items) {
                    write(item, json);
                }
                json.writeEndArray();
            }
            case Node.Scalar scalar -> write(scalar, json);
        }
    }

    private static void write(Node.Scalar scalar, JsonGenerator json) throws IOException {
        if (scalar.kind() == Node.Kind.NOTHING) {
            json.writeNull();
            return;
        }
        var bare = scalar.kind() == Node.Kind.FLAG
                || (scalar.kind() == Node.Kind.NUMBER && scalar.text().matches(Expected.Digits.FORM));
        if (bare) {
            json.writeRawValue(scalar.text());
        } else {
            json.writeString(scalar.text());
        }
    }

    static String content(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw unreadable(file, "LB-003", "there is no such file", "give the path of an environment file");
            }
            if (Files.size(file) > DocumentReader.LARGEST_BYTES) {
                var message = "the file has %,d bytes: at most %,d are allowed"
                        .formatted(Files.size(file), DocumentReader.LARGEST_BYTES);
                throw unreadable(file, "LB-004", message, "");
            }
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)));
            return text.toString();
        } catch (CharacterCodingException notText) {
            throw unreadable(file, "LB-003", "the file is not UTF-8 text", "");
        } catch (IOException unreadable) {
            throw unreadable(file, "LB-003", "the file cannot be read: " + unreadable.getMessage(), "");
        }
    }

    private static InvalidEnvironment unreadable(Path file, String code, String message, String hint) {
        return new InvalidEnvironment(file.toString(), List.of(new Problem(code, "", 0, message, hint)));
    }
}
