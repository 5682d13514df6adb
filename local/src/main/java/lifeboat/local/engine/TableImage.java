package lifeboat.local.engine;

import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a table held when a backup of it was taken.
///
/// @param items in no particular order
/// @param takenAt nothing written later is in it, and everything written earlier
public record TableImage(List<Map<String, AttributeValue>> items, Instant takenAt) {
    public TableImage {
        items = List.copyOf(items);
    }
}
