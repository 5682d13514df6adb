package lifeboat.catalog;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// An environment file that cannot be used. It carries every problem that was found, not just the first.
public final class InvalidEnvironment extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;
    private final transient List<Problem> problems;

    /// @param file the file as the caller named it
    /// @param problems at least one
    public InvalidEnvironment(String file, Collection<Problem> problems) {
        super(describe(file, problems));
        this.problems = problems.stream().sorted().toList();
    }

    /// What is wrong, in the order of the file; at least one.
    public List<Problem> problems() {
        return problems;
    }

    private static String describe(String file, Collection<Problem> problems) {
        var count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        var more = problems.size() > SHOWN ? "\n\n... and " + (problems.size() - SHOWN) + " more" : "";
        return problems.stream()
                .sorted()
                .limit(SHOWN)
                .map(Problem::toString)
                .collect(Collectors.joining("\n\n", file + ": " + count + "\n\n", more));
    }
}
