package lifeboat.catalog;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lifeboat.catalog.Node.Field;
import lifeboat.catalog.Node.Kind;
import org.yaml.snakeyaml.LoaderOptions;

/// Reads YAML or JSON into nodes that know their line. Nothing is expanded: anchors and aliases are problems.
final class DocumentReader {
    static final int LARGEST_BYTES = 8 * 1024 * 1024;
    private static final int DEEPEST = 40;
    private static final int LONGEST_LINE = 2_000;
    private final Collection<Problem> problems;
    private List<String> lines = List.of();

    DocumentReader(Collection<Problem> problems) {
        this.problems = problems;
    }

    /// The document, or empty where its syntax is broken.
    Optional<Node> read(String text, boolean json) {
        lines = text.lines().toList();
        try (var parser = (json ? new JsonFactory() : yaml()).createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.of(new Node.Scalar(Kind.NOTHING, "", 1));
            }
            var root = node(parser, "", 0);
            refuseMore(parser);
            return Optional.of(root);
        } catch (TooDeep tooDeep) {
            return Optional.empty();
        } catch (JacksonException broken) {
            var where = broken.getLocation();
            report("LB-005", "", where == null ? 0 : where.getLineNr(), firstLines(broken.getOriginalMessage()), "");
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static YAMLFactory yaml() {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST_BYTES);
        return YAMLFactory.builder().loaderOptions(options).build();
    }

    private void refuseMore(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            report("LB-005", "", line(parser), "the file holds more than one document", "keep one environment a file");
        }
    }

    private Node node(JsonParser parser, String path, int depth) throws IOException {
        var line = line(parser);
        if (depth > DEEPEST) {
            report("LB-005", path, line, "nested deeper than " + DEEPEST + " levels", "");
            throw new TooDeep();
        }
        refuseAnchors(parser, path, line);
        return switch (parser.currentToken()) {
            case START_OBJECT -> new Node.Mapping(fields(parser, path, depth), line);
            case START_ARRAY -> new Node.Sequence(items(parser, path, depth), line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Node.Scalar(Kind.NUMBER, parser.getText(), line);
            case VALUE_TRUE -> new Node.Scalar(Kind.FLAG, "true", line);
            case VALUE_FALSE -> new Node.Scalar(Kind.FLAG, "false", line);
            case VALUE_NULL -> new Node.Scalar(Kind.NOTHING, "", line);
            default -> text(parser, line);
        };
    }

    /// YAML parsers disagree on unquoted digits behind a zero: octal for some, so the zero is lost; text for others.
    private Node text(JsonParser parser, int line) throws IOException {
        var text = parser.getText();
        var nothing = text.isEmpty() && !quoted(parser);
        var digits = text.matches("0[0-9]{1,30}") && !quoted(parser);
        return new Node.Scalar(nothing ? Kind.NOTHING : digits ? Kind.NUMBER : Kind.TEXT, text, line);
    }

    private boolean quoted(JsonParser parser) {
        var where = parser.currentTokenLocation();
        if (where.getLineNr() > lines.size()) {
            return false;
        }
        var line = lines.get(where.getLineNr() - 1);
        if (!(parser instanceof YAMLParser) || line.length() > LONGEST_LINE) {
            return true;
        }
        var column = Math.min(where.getColumnNr() - 1, line.codePointCount(0, line.length()));
        var start = line.substring(line.offsetByCodePoints(0, column));
        return start.startsWith("\"") || start.startsWith("'");
    }

    private Map<String, Field> fields(JsonParser parser, String path, int depth) throws IOException {
        var fields = new LinkedHashMap<String, Field>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            var line = line(parser);
            var at = join(path, key);
            parser.nextToken();
            var earlier = fields.putIfAbsent(key, new Field(node(parser, at, depth + 1), line));
            if (earlier != null) {
                var message =
                        "key \"%s\" is given twice, first on line %d".formatted(Problem.shortened(key), earlier.line());
                report("LB-009", at, line, message, "keep one of them");
            }
        }
        return fields;
    }

    private List<Node> items(JsonParser parser, String path, int depth) throws IOException {
        var items = new ArrayList<Node>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(parser, path + "[" + items.size() + "]", depth + 1));
        }
        return items;
    }

    private void refuseAnchors(JsonParser parser, String path, int line) throws IOException {
        if (parser instanceof YAMLParser yaml && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
            report("LB-007", path, line, "YAML anchors and aliases are not allowed", "write the value out");
        }
    }

    private void report(String code, String path, int line, String message, String hint) {
        problems.add(new Problem(code, path, line, message, hint));
    }

    static String join(String path, String key) {
        var shown = Problem.shortened(key);
        return path.isEmpty() ? shown : path + "." + shown;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String firstLines(String message) {
        return message.lines().limit(2).reduce((a, b) -> a + ": " + b.strip()).orElse("broken syntax");
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
