package lifeboat.catalog;

import java.util.ArrayList;
import java.util.List;
import lifeboat.catalog.Effect.Extent;

/// Goes through the keys that a file gives and finds those that this version does not carry out.
final class KeyWalk {
    private final List<KeyNotInEffect> found = new ArrayList<>();

    private KeyWalk() {}

    /// Of a file that fits its shape, in the order of the file.
    static List<KeyNotInEffect> notInEffect(Node root) {
        var walk = new KeyWalk();
        walk.walk(EnvironmentKeys.FILE, root, "");
        return List.copyOf(walk.found);
    }

    private void walk(Shape shape, Node node, String path) {
        switch (shape) {
            case Shape.Block block -> block(block, node, path);
            case Shape.Variants variants ->
                variants.blocks().stream()
                        .filter(block -> node instanceof Node.Mapping(var fields, var _)
                                && fields.containsKey(block.keys().getFirst().name()))
                        .forEach(block -> block(block, node, path));
            case Shape.Named(var _, var value, var _, var _) -> {
                if (node instanceof Node.Mapping(var fields, var _)) {
                    fields.forEach((name, field) -> walk(value, field.value(), DocumentReader.join(path, name)));
                }
            }
            case Shape.ListOf(var item, var _) -> {
                if (node instanceof Node.Sequence(var items, var _)) {
                    for (int i = 0; i < items.size(); i++) {
                        walk(item, items.get(i), path + "[" + i + "]");
                    }
                }
            }
            case Shape.WordOr(var _, var own) -> walk(own, node, path);
            case Shape.Text _, Shape.AnyScalar _, Shape.Day _, Shape.Span _, Shape.Whole _, Shape.Flag _ -> {}
            case Shape.OneWord _ -> {}
        }
    }

    private void block(Shape.Block block, Node node, String path) {
        if (!(node instanceof Node.Mapping(var fields, var _))) {
            return;
        }
        fields.forEach((name, field) -> block.keys().stream()
                .filter(key -> key.name().equals(name))
                .forEach(key -> key(key, field, DocumentReader.join(path, name))));
    }

    /// What stands in a key that nothing reads is not read either, and need not be said again.
    private void key(Shape.Key key, Node.Field field, String path) {
        if (key.effect().extent() != Extent.WHOLE) {
            found.add(new KeyNotInEffect(path, field.line(), key.effect()));
        }
        if (key.effect().extent() != Extent.NONE) {
            walk(key.shape(), field.value(), path);
        }
    }
}
