package lifeboat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Every key of the schema with its path, and every place in a document where it stands.
final class KeyPlaces {
    /// @param path with NAME and [] for what the author chooses, and the kind of a variant in brackets
    record Described(String path, Shape.Key key) {}

    /// @param owner the map that the key stands in
    /// @param list the list that this map is an item of; null: of none
    record Place(Described described, ObjectNode owner, ArrayNode list) {}

    private final List<Place> places = new ArrayList<>();
    private final List<Described> keys = new ArrayList<>();

    private KeyPlaces() {}

    static List<Described> keys() {
        var places = new KeyPlaces();
        places.describe(EnvironmentKeys.FILE, "");
        return places.keys;
    }

    static List<Place> in(JsonNode document) {
        var places = new KeyPlaces();
        places.visit(EnvironmentKeys.FILE, document, "", null);
        return places.places;
    }

    private void describe(Shape shape, String path) {
        switch (shape) {
            case Shape.Block(var block) ->
                block.forEach(key -> {
                    var at = join(path, key.name());
                    keys.add(new Described(at, key));
                    describe(key.shape(), at);
                });
            case Shape.Named named -> describe(named.value(), join(path, "NAME"));
            case Shape.ListOf list -> describe(list.item(), path + "[]");
            case Shape.WordOr wordOr -> describe(wordOr.own(), path);
            case Shape.Variants variants ->
                variants.blocks().forEach(block -> describe(block, path + "(" + first(block) + ")"));
            case Shape.Text _, Shape.AnyScalar _, Shape.Day _, Shape.Span _, Shape.Whole _, Shape.Flag _ -> {}
            case Shape.OneWord _ -> {}
        }
    }

    private void visit(Shape shape, JsonNode node, String path, ArrayNode list) {
        switch (shape) {
            case Shape.Block(var block)
            when node instanceof ObjectNode owner ->
                block.stream().filter(key -> owner.has(key.name())).forEach(key -> {
                    var at = join(path, key.name());
                    places.add(new Place(new Described(at, key), owner, list));
                    visit(key.shape(), owner.get(key.name()), at, null);
                });
            case Shape.Named named
            when node instanceof ObjectNode owner ->
                owner.forEach(value -> visit(named.value(), value, join(path, "NAME"), null));
            case Shape.ListOf items
            when node instanceof ArrayNode array ->
                array.forEach(item -> visit(items.item(), item, path + "[]", array));
            case Shape.WordOr wordOr -> visit(wordOr.own(), node, path, list);
            case Shape.Variants variants ->
                variants.blocks().stream()
                        .filter(block -> node.has(first(block)))
                        .forEach(block -> visit(block, node, path + "(" + first(block) + ")", list));
            default -> {}
        }
    }

    private static String first(Shape.Block block) {
        return block.keys().getFirst().name();
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
