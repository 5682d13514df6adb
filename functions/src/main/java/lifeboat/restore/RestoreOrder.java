package lifeboat.restore;

import java.time.Instant;
import java.util.Map;
import lifeboat.catalog.Resource;
import lifeboat.parity.Settings;

/// One restore, fully decided: carrying it out twice makes one copy.
///
/// @param source the resource whose data is restored
/// @param copy the name of the copy
/// @param point what is restored
/// @param tags put on the copy; they prove whose it is
/// @param plannedAt when the recovery started, before anything was created: what was there earlier is not
///     its copy
/// @param settings captured from the source; those that can only be given while restoring are taken from here
public record RestoreOrder(
        Resource source,
        CopyName copy,
        RestorePoint point,
        Map<String, String> tags,
        Instant plannedAt,
        Settings settings) {
    public RestoreOrder {
        tags = Map.copyOf(tags);
    }
}
