package lifeboat.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Settings of several values, as the JSON that a [Settings] holds. The same values are always the same text.
public final class SettingsJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private SettingsJson() {}

    /// Lists and maps of text, numbers, booleans, lists and maps.
    public static String write(Object values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Reads what [#write] wrote of a list of texts.
    public static List<String> texts(String json) {
        return read(json, new TypeReference<>() {});
    }

    /// Reads what [#write] wrote of texts by name.
    public static Map<String, String> textsByName(String json) {
        return new TreeMap<>(read(json, new TypeReference<Map<String, String>>() {}));
    }

    /// Reads what [#write] wrote, or any JSON.
    public static JsonNode tree(String json) {
        return read(json, new TypeReference<>() {});
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("captured settings are no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
