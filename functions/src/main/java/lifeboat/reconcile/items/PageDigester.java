package lifeboat.reconcile.items;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lifeboat.integrity.Digest;

/// Turns one page of a scan, as DynamoDB's JSON, into a key and a digest for every item, without building the items.
///
/// Each attribute is hashed with its name; the hashes are summed, as are those of a map's entries and a set's
/// elements, so that their order plays no part, while lists are hashed in order. The digest is of the item's
/// meaning, not of its text: 1.0 and 1 give the same. Not safe for use by several threads.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html">Scan</a>
public final class PageDigester {
    private static final JsonFactory JSON = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(1 << 20)
                    .maxStringLength(1 << 24)
                    .build())
            .build();

    private static final int NO_KEY = -1;
    private static final String NOT_TOLD = "";

    private final KeySchema schema;
    private final KeyCapture key;
    private final Hasher128 hasher;
    private final CanonicalBytes bytes = new CanonicalBytes(1 << 12);
    private final Set<String> told;
    private final Map<String, Attribute> telling = new HashMap<>();

    /// @param schema the table's key
    /// @param seed of the hash; digests of one seed can be compared
    public PageDigester(KeySchema schema, long seed) {
        this(schema, seed, Set.of());
    }

    /// @param told attributes whose values the sink is told as well, where they are texts or numbers
    public PageDigester(KeySchema schema, long seed, Set<String> told) {
        this.schema = schema;
        this.told = told;
        this.key = new KeyCapture(schema);
        this.hasher = Hashing.xxh3_128(seed);
    }

    /// Who is told of every item.
    @FunctionalInterface
    public interface Sink {
        void item(ItemKey key, Digest digest);

        /// What the item says that comes next, of the attributes that were asked for.
        default void told(Map<String, Attribute> attributes) {}
    }

    /// What the page says after its items.
    ///
    /// @param items how many
    /// @param lastEvaluatedKey where the next page starts, as the JSON that was read; empty on the last page
    public record Tail(int items, Optional<String> lastEvaluatedKey) {}

    /// Reads one response body.
    ///
    /// @throws IOException where the body is no page of a scan, or ends early
    public Tail digest(byte[] body, int length, Sink sink) throws IOException {
        var items = 0;
        var last = Optional.<String>empty();
        try (var json = JSON.createParser(body, 0, length)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "Items" -> items = items(json, sink);
                    case "LastEvaluatedKey" -> last = Optional.of(slice(json, body));
                    default -> json.skipChildren();
                }
            }
            expect(json, json.currentToken(), JsonToken.END_OBJECT);
        }
        return new Tail(items, last);
    }

    private int items(JsonParser json, Sink sink) throws IOException {
        var items = 0;
        while (json.nextToken() == JsonToken.START_OBJECT) {
            item(json, sink);
            items++;
        }
        expect(json, json.currentToken(), JsonToken.END_ARRAY);
        return items;
    }

    private static String slice(JsonParser json, byte[] body) throws IOException {
        var from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        var to = (int) json.currentLocation().getByteOffset();
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    private void item(JsonParser json, Sink sink) throws IOException {
        key.clear();
        telling.clear();
        bytes.truncate(0);
        map(json, true);
        var digest = bytes.hash(hasher, 0);
        if (!told.isEmpty()) {
            sink.told(Map.copyOf(telling));
        }
        sink.item(key.key(), new Digest(digest.getMostSignificantBits(), digest.getLeastSignificantBits()));
    }

    /// Puts the sum of the hashes of the entries, and their number; the parser stands at the start of the map.
    private void map(JsonParser json, boolean top) throws IOException {
        var start = bytes.size();
        var sum = new Sum();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            bytes.putText(name.toCharArray(), 0, name.length());
            json.nextToken();
            value(json, top ? schema.indexOf(name) : NO_KEY, top && told.contains(name) ? name : NOT_TOLD);
            sum.add(bytes.hash(hasher, start));
            bytes.truncate(start);
        }
        expect(json, json.currentToken(), JsonToken.END_OBJECT);
        sum.putInto(bytes);
    }

    /// Puts one typed value; the parser stands at the start of its wrapper.
    private void value(JsonParser json, int keyPart, String toldAs) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        expect(json, json.nextToken(), JsonToken.FIELD_NAME);
        var type = json.currentName();
        var token = json.nextToken();
        if (keyPart >= 0) {
            key.capture(json, keyPart, type);
        }
        if (!toldAs.isEmpty()) {
            tell(toldAs, type, json);
        }
        switch (type) {
            case "S", "N", "B" -> scalar(json, type.charAt(0));
            case "SS", "NS", "BS" -> set(json, type.charAt(0));
            case "BOOL" -> bytes.put(token == JsonToken.VALUE_TRUE ? 't' : 'f');
            case "NULL" -> bytes.put('0');
            case "L" -> list(json);
            case "M" -> {
                bytes.put('M');
                map(json, false);
            }
            default -> throw new JsonParseException(json, "'" + type + "' is no type of DynamoDB");
        }
        expect(json, json.nextToken(), JsonToken.END_OBJECT);
    }

    private void tell(String name, String type, JsonParser json) throws IOException {
        switch (type) {
            case "S" -> telling.put(name, new Attribute.Text(json.getText()));
            case "N" -> telling.put(name, new Attribute.Numeric(json.getText()));
            default -> telling.put(name, new Attribute.Null());
        }
    }

    private void scalar(JsonParser json, char type) throws IOException {
        expect(json, json.currentToken(), JsonToken.VALUE_STRING);
        bytes.put(type);
        var chars = json.getTextCharacters();
        if (type == 'N') {
            Decimal.put(bytes, chars, json.getTextOffset(), json.getTextLength());
        } else {
            bytes.putText(chars, json.getTextOffset(), json.getTextLength());
        }
    }

    private void set(JsonParser json, char type) throws IOException {
        bytes.put(Character.toLowerCase(type));
        var start = bytes.size();
        var sum = new Sum();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            scalar(json, type);
            sum.add(bytes.hash(hasher, start));
            bytes.truncate(start);
        }
        expect(json, json.currentToken(), JsonToken.END_ARRAY);
        sum.putInto(bytes);
    }

    private void list(JsonParser json) throws IOException {
        bytes.put('L');
        while (json.nextToken() == JsonToken.START_OBJECT) {
            value(json, NO_KEY, NOT_TOLD);
        }
        expect(json, json.currentToken(), JsonToken.END_ARRAY);
        bytes.put('l');
    }

    private static void expect(JsonParser json, JsonToken found, JsonToken wanted) throws IOException {
        if (found != wanted) {
            throw new JsonParseException(json, "expected " + wanted + " in a page of a scan, found " + found);
        }
    }
}
