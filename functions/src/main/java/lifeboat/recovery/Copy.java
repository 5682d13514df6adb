package lifeboat.recovery;

import java.time.Instant;
import lifeboat.catalog.Resource;
import lifeboat.parity.Settings;
import lifeboat.restore.CopyName;
import lifeboat.restore.RestoreOrder;
import lifeboat.restore.RestorePoint;

/// One copy that a recovery is going to make, as the ledger knows it before anything is created.
///
/// @param source the resource that is copied
/// @param name what the copy is called
/// @param point what it is restored from
/// @param settings what was captured from the source to be re-applied
/// @param liveIsGone whether the source did not exist any more when this was planned: then nothing can be
///     compared with it
public record Copy(Resource source, CopyName name, RestorePoint point, Settings settings, boolean liveIsGone) {
    /// The copy of a source that exists.
    public Copy(Resource source, CopyName name, RestorePoint point, Settings settings) {
        this(source, name, point, settings, false);
    }

    /// The order that makes this copy.
    RestoreOrder order(RecoveryId recovery, Mode mode, Instant plannedAt) {
        return new RestoreOrder(source, name, point, CopyTags.of(recovery, mode), plannedAt, settings);
    }
}
