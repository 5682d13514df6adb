package lifeboat.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lifeboat.catalog.Node.Field;
import lifeboat.catalog.Node.Mapping;
import lifeboat.catalog.Node.Sequence;

/// What is left of a document when everything that is wrong is taken out: what stands beside can still be judged.
final class SoundPart {
    private static final int ROUNDS = 20;

    private SoundPart() {}

    /// The part that fits its shape; empty where the file as a whole does not.
    static Optional<Mapping> of(Node root) {
        var part = root;
        for (int round = 0; round < ROUNDS; round++) {
            var problems = new ArrayList<Problem>();
            EnvironmentFile.check(part, problems);
            if (problems.isEmpty()) {
                return part instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty();
            }
            if (!(part instanceof Mapping mapping)) {
                return Optional.empty();
            }
            var lines = SourceLines.of(part);
            var without = problems.stream()
                    .map(problem -> lines.nearest(problem.path()))
                    .filter(path -> !path.isEmpty())
                    .collect(Collectors.toSet());
            part = named((Mapping) without(mapping, "", without));
        }
        return Optional.empty();
    }

    private static Node without(Node node, String path, Set<String> wrong) {
        return switch (node) {
            case Mapping(var fields, int line) -> {
                var kept = new LinkedHashMap<String, Field>();
                fields.forEach((key, field) -> {
                    var at = DocumentReader.join(path, key);
                    if (!wrong.contains(at)) {
                        kept.put(key, new Field(without(field.value(), at, wrong), field.line()));
                    }
                });
                yield new Mapping(kept, line);
            }
            case Sequence(var items, int line) ->
                new Sequence(
                        IntStream.range(0, items.size())
                                .filter(i -> !wrong.contains(path + "[" + i + "]"))
                                .mapToObj(i -> without(items.get(i), path + "[" + i + "]", wrong))
                                .toList(),
                        line);
            case Node.Scalar scalar -> scalar;
        };
    }

    /// With names in place of those that are missing: no rule of a backup plan depends on them.
    private static Mapping named(Mapping part) {
        var fields = new LinkedHashMap<>(part.fields());
        names(part)
                .forEach((key, value) -> fields.putIfAbsent(
                        key, new Field(new Node.Scalar(Node.Kind.TEXT, value, part.line()), part.line())));
        return new Mapping(fields, part.line());
    }

    private static Map<String, String> names(Mapping part) {
        var taken = new Cursor(part);
        var regions = List.of("us-east-1", "us-west-2", "eu-west-1").stream()
                .filter(region -> !taken.text("region").equals(Optional.of(region))
                        && !taken.text("recoveryRegion").equals(Optional.of(region)))
                .toList();
        var account =
                taken.text("recoveryAccount").equals(Optional.of("000000000000")) ? "000000000001" : "000000000000";
        return Map.of(
                "environment",
                "unnamed",
                "account",
                account,
                "region",
                regions.getFirst(),
                "recoveryRegion",
                regions.getLast());
    }
}
