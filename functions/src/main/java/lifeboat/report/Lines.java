package lifeboat.report;

import java.util.stream.Collectors;

/// Lines of a letter that fit a narrow window: a longer one goes on below, under the text it belongs to.
final class Lines {
    private static final int WIDTH = 100;
    private static final int FIGURES = 16;
    private static final int OUTCOMES = 17;

    private Lines() {}

    /// A text whose lines are at most 100 characters long, but for words that are longer than that.
    static String wrapped(String text) {
        return text.lines().map(Lines::wrappedLine).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String wrappedLine(String line) {
        StringBuilder lines = new StringBuilder();
        String indent = " ".repeat(indentOf(line));
        String rest = line;
        while (rest.length() > WIDTH) {
            int end = rest.lastIndexOf(' ', WIDTH);
            if (end <= indent.length()) {
                break; // one word that cannot be broken
            }
            lines.append(rest, 0, end).append('\n');
            rest = indent + rest.substring(end + 1);
        }
        return lines + rest;
    }

    private static int indentOf(String line) {
        if (line.startsWith("    ")) {
            return OUTCOMES;
        }
        return line.startsWith("  ") ? FIGURES : 2;
    }
}
