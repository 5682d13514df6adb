package lifeboat.protection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The list prices that estimates are made with, from the one file that holds them.
///
/// @param asOf the day on which the file was last gone through
/// @param region the region whose prices they are
/// @param byId each price by what it is for
record Prices(LocalDate asOf, String region, Map<String, Price> byId) {
    private static final String FILE = "/lifeboat/protection/prices.json";

    static Prices listed() {
        try (var file = Prices.class.getResourceAsStream(FILE)) {
            var root = new ObjectMapper().readTree(Objects.requireNonNull(file, FILE));
            return new Prices(
                    LocalDate.parse(root.path("asOf").asText()),
                    root.path("region").asText(),
                    StreamSupport.stream(root.path("prices").spliterator(), false)
                            .map(Prices::price)
                            .collect(Collectors.toMap(Price::id, Function.identity())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Price price(JsonNode node) {
        return new Price(
                node.path("id").asText(),
                node.path("usd").asDouble(),
                node.path("unit").asText(),
                node.path("source").asText(),
                LocalDate.parse(node.path("date").asText()),
                node.path("verified").asBoolean(),
                node.path("note").asText());
    }

    double of(String id) {
        return Objects.requireNonNull(byId.get(id), id).usd();
    }

    /// How many of them were not read in AWS's own words.
    long unverified() {
        return byId.values().stream().filter(price -> !price.verified()).count();
    }
}
