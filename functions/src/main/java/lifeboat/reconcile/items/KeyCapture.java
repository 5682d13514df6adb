package lifeboat.reconcile.items;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Notes the parts of an item's key as they come by, in whatever order the item has them.
final class KeyCapture {
    private final KeySchema schema;
    private final @Nullable String[] texts;
    private final CanonicalBytes bytes = new CanonicalBytes(64);

    KeyCapture(KeySchema schema) {
        this.schema = schema;
        this.texts = new @Nullable String[schema.parts().size()];
    }

    void clear() {
        Arrays.fill(texts, null);
    }

    void capture(JsonParser json, int part, String type) throws IOException {
        if (!type.equals(schema.parts().get(part).type().name())) {
            throw new JsonParseException(json, "the key " + schema + " does not fit a value of type " + type);
        }
        texts[part] = type.equals("N") ? number(json.getText()) : json.getText();
    }

    /// Spares the usual case, a whole number of a few digits, the detour over BigDecimal.
    private static String number(String text) {
        var plain = text.length() < 18 && text.charAt(0) > '0' && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? text : Attribute.Numeric.canonical(text);
    }

    ItemKey key() {
        bytes.truncate(0);
        for (var text : texts) {
            if (text == null) {
                throw new IllegalStateException("an item without its key " + schema + " came from a scan");
            }
            bytes.putSized(text);
        }
        return ItemKey.ofEncoded(bytes.copy());
    }
}
