package lifeboat.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that can be said of an environment file, also of one that is not right.
///
/// @param file as the caller named it
/// @param problems what is wrong with it, in the order of the file; empty: it can be deployed, as far as the file goes
/// @param environment what it describes; where there are problems, only those parts of it that have none, so that these
///     can be judged in the same run; empty: too little is left
/// @param lines where its values stand
/// @param notInEffect the keys that it gives and that this version does not carry out, in the order of the file
public record EnvironmentReview(
        String file,
        List<Problem> problems,
        Optional<Environment> environment,
        SourceLines lines,
        List<KeyNotInEffect> notInEffect) {
    public EnvironmentReview {
        problems = problems.stream().sorted().toList();
        notInEffect = List.copyOf(notInEffect);
    }

    /// Of a file: JSON where its name ends in `.json`, else YAML.
    public static EnvironmentReview of(Path file) {
        try {
            return of(file.toString(), EnvironmentFile.content(file));
        } catch (InvalidEnvironment unreadable) {
            return unreadable(file.toString(), unreadable.problems());
        }
    }

    /// Of a text.
    ///
    /// @param name as the problems name it; JSON where it ends in `.json`, else YAML
    public static EnvironmentReview of(String name, String text) {
        var problems = new ArrayList<Problem>();
        var root = new DocumentReader(problems).read(text, name.endsWith(".json"));
        if (root.isEmpty()) {
            return unreadable(name, problems);
        }
        EnvironmentFile.check(root.get(), problems);
        return new EnvironmentReview(
                name,
                problems,
                SoundPart.of(root.get()).map(part -> EnvironmentMapping.environment(new Cursor(part))),
                SourceLines.of(root.get()),
                KeyWalk.notInEffect(root.get()));
    }

    private static EnvironmentReview unreadable(String name, List<Problem> problems) {
        return new EnvironmentReview(name, problems, Optional.empty(), SourceLines.none(), List.of());
    }

    /// Whether nothing is wrong with what stands at a path, nor with what it stands in or what stands in it.
    public boolean isSound(String path) {
        return problems.stream()
                .map(Problem::path)
                .noneMatch(wrong -> wrong.isEmpty() || within(wrong, path) || within(path, wrong));
    }

    private static boolean within(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + ".") || inner.startsWith(outer + "[");
    }

    /// What the file describes.
    ///
    /// @throws InvalidEnvironment where anything is wrong with it
    public Environment whole() {
        if (!problems.isEmpty()) {
            throw new InvalidEnvironment(file, problems);
        }
        return environment.orElseThrow();
    }
}
