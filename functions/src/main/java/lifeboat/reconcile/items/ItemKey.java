package lifeboat.reconcile.items;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The primary key of an item, kept as bytes because a diff holds very many.
///
/// Each part is its length in two bytes (a key part has at most 2,048 bytes) and its text as UTF-8: the string
/// itself, the number in canonical form, or the binary as base64. The types stand in the {@link KeySchema}.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Limits of keys</a>
public final class ItemKey {
    private final byte[] encoded;

    private ItemKey(byte[] encoded) {
        this.encoded = encoded;
    }

    /// Wraps what {@link #encoded} gave.
    public static ItemKey ofEncoded(byte[] encoded) {
        return new ItemKey(encoded);
    }

    /// The key of an item.
    ///
    /// @throws IllegalArgumentException where the item lacks a part of the key, or has it in another type
    public static ItemKey of(KeySchema schema, Map<String, Attribute> attributes) {
        var bytes = new CanonicalBytes(64);
        for (var part : schema.parts()) {
            bytes.putSized(textOf(part, attributes));
        }
        return new ItemKey(bytes.copy());
    }

    /// The key of these parts, in the order of the schema.
    static ItemKey ofParts(List<String> parts) {
        var bytes = new CanonicalBytes(64);
        parts.forEach(bytes::putSized);
        return new ItemKey(bytes.copy());
    }

    /// The text of each part, in the order of the schema.
    List<String> parts() {
        var parts = new ArrayList<String>();
        for (var at = 0; at < encoded.length; ) {
            var length = (encoded[at] & 0xff) << 8 | (encoded[at + 1] & 0xff);
            parts.add(new String(encoded, at + 2, length, StandardCharsets.UTF_8));
            at += 2 + length;
        }
        return parts;
    }

    private static String textOf(KeySchema.Part part, Map<String, Attribute> attributes) {
        var value = attributes.get(part.name());
        if (value == null) {
            throw new IllegalArgumentException("the key attribute '" + part.name() + "' is missing");
        }
        return switch (part.type()) {
            case S -> value instanceof Attribute.Text text ? text.value() : wrong(part);
            case N -> value instanceof Attribute.Numeric number ? number.value() : wrong(part);
            case B -> value instanceof Attribute.Binary binary ? binary.base64() : wrong(part);
        };
    }

    private static String wrong(KeySchema.Part part) {
        throw new IllegalArgumentException(
                "the key attribute '" + part.name() + "' is to be of type " + part.type() + ", and is of another");
    }

    /// The key's attributes by name.
    public Map<String, Attribute> attributes(KeySchema schema) {
        var attributes = new TreeMap<String, Attribute>();
        var texts = parts().iterator();
        schema.parts().forEach(part -> attributes.put(part.name(), attribute(part.type(), texts.next())));
        return attributes;
    }

    private static Attribute attribute(KeySchema.Type type, String text) {
        return switch (type) {
            case S -> new Attribute.Text(text);
            case N -> new Attribute.Numeric(text);
            case B -> new Attribute.Binary(text);
        };
    }

    /// 64 bits of hash, the same for ever: what was recorded is compared years later.
    long hash() {
        return Hashing.xxh3_64().hashBytesToLong(encoded);
    }

    /// The bytes, not copied: the caller leaves them as they are.
    public byte[] encoded() {
        return encoded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemKey key && Arrays.equals(encoded, key.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
