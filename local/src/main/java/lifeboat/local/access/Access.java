package lifeboat.local.access;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One thing that a function did to one resource, as IAM would judge it.
///
/// @param function the last part of its name, `record-failure`
/// @param action as IAM writes it, `dynamodb:PutItem`
/// @param resource its ARN, or `*` where the call has none
/// @param context condition keys of the request, by name
public record Access(String function, String action, String resource, SortedMap<String, String> context) {
    public Access {
        context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
    }

    Access(String function, String action, String resource, Map<String, String> context) {
        this(function, action, resource, new TreeMap<>(context));
    }
}
