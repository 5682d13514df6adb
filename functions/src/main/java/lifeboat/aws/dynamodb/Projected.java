package lifeboat.aws.dynamodb;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Top-level attributes as an expression asks for them: behind placeholders, so that any name can be asked for.
///
/// @param expression `#a0, #a1`
/// @param names what each placeholder stands for
record Projected(String expression, Map<String, String> names) {
    static Projected of(Collection<String> attributes) {
        var names = new TreeMap<String, String>();
        for (var attribute : attributes) {
            names.put("#a" + names.size(), attribute);
        }
        return new Projected(String.join(", ", names.keySet()), names);
    }
}
