package lifeboat.infra.site;

import java.util.LinkedHashMap;
import java.util.Map;

/// Maps that keep the order in which they are written, so that the same environment always gives the same template.
/// `Map.of` shuffles anew in every JVM.
public final class Ordered {
    private Ordered() {}

    /// A map from names to what they stand for.
    ///
    /// @param more name and value in turn
    public static Map<String, Object> of(String name, Object value, Object... more) {
        var map = new LinkedHashMap<String, Object>();
        map.put(name, value);
        for (var i = 0; i < more.length; i += 2) {
            map.put((String) more[i], more[i + 1]);
        }
        return map;
    }

    /// Both, the second after the first.
    public static Map<String, Object> both(Map<String, ?> first, Map<String, ?> second) {
        var map = new LinkedHashMap<String, Object>(first);
        map.putAll(second);
        return map;
    }
}
