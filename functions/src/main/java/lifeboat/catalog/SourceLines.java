package lifeboat.catalog;

import java.util.HashMap;
import java.util.Map;

/// The lines on which the values of an environment file stand, by their paths.
public final class SourceLines {
    private final Map<String, Integer> lines = new HashMap<>();

    private SourceLines() {}

    /// Of a file that could not be read: it has no lines.
    static SourceLines none() {
        return new SourceLines();
    }

    static SourceLines of(Node root) {
        var lines = none();
        lines.add("", root.line(), root);
        return lines;
    }

    private void add(String path, int line, Node node) {
        lines.put(path, line);
        switch (node) {
            case Node.Mapping(var fields, var _) ->
                fields.forEach((key, field) -> add(DocumentReader.join(path, key), field.line(), field.value()));
            case Node.Sequence(var items, var _) -> {
                for (int i = 0; i < items.size(); i++) {
                    add(path + "[" + i + "]", items.get(i).line(), items.get(i));
                }
            }
            case Node.Scalar _ -> {}
        }
    }

    /// The line of a value, or of the nearest thing around it that is in the file; 0: of nothing.
    public int of(String path) {
        return lines.getOrDefault(nearest(path), 0);
    }

    /// The longest path in the file that a path leads through.
    String nearest(String path) {
        for (var end = path.length();
                end > 0;
                end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))) {
            var head = path.substring(0, end);
            if (lines.containsKey(head)) {
                return head;
            }
        }
        return "";
    }

    /// A problem that knows its path, with its line.
    public Problem placed(Problem problem) {
        return problem.line() > 0
                ? problem
                : new Problem(problem.code(), problem.path(), of(problem.path()), problem.message(), problem.hint());
    }
}
