package lifeboat.catalog;

import java.util.List;
import java.util.Map;

/// A value as it stands in the file, YAML or JSON, with the line it begins on.
sealed interface Node {
    /// The line, counted from 1.
    int line();

    /// What the parser takes a scalar for when it is not quoted.
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        NOTHING
    }

    /// A single value.
    ///
    /// @param text as written, without quotes
    record Scalar(Kind kind, String text, int line) implements Node {}

    /// A list.
    record Sequence(List<Node> items, int line) implements Node {}

    /// A map, in the order of the file.
    record Mapping(Map<String, Field> fields, int line) implements Node {}

    /// A key's value, and the line of the key.
    record Field(Node value, int line) {}

    /// What it is, for a person: `the list`, `the number "12"`.
    default String described() {
        return switch (this) {
            case Sequence _ -> "a list";
            case Mapping _ -> "a map";
            case Scalar scalar ->
                switch (scalar.kind) {
                    case TEXT -> "the text \"" + Problem.shortened(scalar.text) + "\"";
                    case NUMBER -> "the number " + Problem.shortened(scalar.text);
                    case FLAG -> "the boolean " + scalar.text;
                    case NOTHING -> "nothing (null)";
                };
        };
    }
}
