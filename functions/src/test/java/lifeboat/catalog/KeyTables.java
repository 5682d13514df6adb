package lifeboat.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lifeboat.catalog.Shape.Block;

/// The keys of the environment file as Markdown tables, one a block, for the reference page.
final class KeyTables {
    private final Map<Block, List<String>> blocks = new LinkedHashMap<>();

    static String markdown() {
        var tables = new KeyTables();
        tables.collect(EnvironmentKeys.FILE, "");
        return tables.blocks.entrySet().stream()
                .map(entry -> table(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    /// Every key name there is.
    static List<String> names() {
        var tables = new KeyTables();
        tables.collect(EnvironmentKeys.FILE, "");
        return tables.blocks.keySet().stream()
                .flatMap(block -> block.keys().stream())
                .map(Shape.Key::name)
                .distinct()
                .toList();
    }

    private void collect(Shape shape, String path) {
        switch (shape) {
            case Block block -> {
                var known = blocks.containsKey(block);
                blocks.computeIfAbsent(block, b -> new ArrayList<>()).add(path);
                if (!known) {
                    block.keys().forEach(key -> collect(key.shape(), path + "." + key.name()));
                }
            }
            case Shape.Named named -> collect(named.value(), path + ".NAME");
            case Shape.Variants variants ->
                variants.blocks()
                        .forEach(block -> collect(
                                block,
                                path
                                        + (variants.blocks().size() > 1
                                                ? " with "
                                                        + block.keys()
                                                                .getFirst()
                                                                .name()
                                                : "")));
            case Shape.ListOf list -> collect(list.item(), path + "[]");
            case Shape.WordOr wordOr -> collect(wordOr.own(), path);
            case Shape.Text t -> {}
            case Shape.AnyScalar a -> {}
            case Shape.Day d -> {}
            case Shape.Span s -> {}
            case Shape.Whole w -> {}
            case Shape.Flag f -> {}
            case Shape.OneWord o -> {}
        }
    }

    private static String table(Block block, List<String> paths) {
        var heading = paths.stream()
                .map(path -> path.isEmpty() ? "The file" : "`" + path.substring(1) + "`")
                .collect(Collectors.joining(", "));
        var rows = block.keys().stream().map(KeyTables::row).collect(Collectors.joining());
        return "### " + heading + "\n\n"
                + (rows.isEmpty()
                        ? "No keys: write `{}`.\n"
                        : "| Key | Type and unit | Absent | Meaning | Example |\n|---|---|---|---|---|\n" + rows);
    }

    private static String row(Shape.Key key) {
        return "| `%s` | %s | %s | %s | `%s` |%n"
                .formatted(
                        key.name(),
                        type(key.shape()),
                        key.required() ? "**required**" : key.absent(),
                        described(key),
                        key.example())
                .replace(System.lineSeparator(), "\n");
    }

    /// What it is, and beside it what of that this version does not do.
    private static String described(Shape.Key key) {
        return key.effect().extent() == Effect.Extent.WHOLE
                ? key.meaning()
                : key.meaning() + " **" + key.effect().sentence() + "**";
    }

    private static String type(Shape shape) {
        return switch (shape) {
            case Shape.Text(var form) -> "text: " + form.allowed();
            case Shape.AnyScalar() -> "text, number, boolean or null";
            case Shape.Day() -> "day: year-month-day";
            case Shape.Span(boolean wholeDays) -> wholeDays ? "duration in whole days" : "duration";
            case Shape.Whole(long least) -> "whole number, at least " + least;
            case Shape.Flag() -> "`true` or `false`";
            case Shape.OneWord(var words) ->
                words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
            case Shape.ListOf(var item, int least) ->
                "list" + (least > 0 ? " of at least " + least : "") + ": " + type(item);
            case Shape.Named named -> "map; names: " + named.name().allowed();
            case Block b -> "map, below";
            case Shape.Variants variants -> "map with one of " + String.join(", ", variants.discriminators());
            case Shape.WordOr(var word, var own) -> type(word) + ", or a " + type(own);
        };
    }
}
