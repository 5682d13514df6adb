package lifeboat.parity;

import lifeboat.catalog.Resource;
import lifeboat.restore.CopyName;

/// Captures the settings that a restore drops, and gives them back to the copy. One implementation a store.
public interface Parity {
    /// The settings of the live resource now; [Settings#NONE] where it does not exist any more. Only reads.
    Settings capture(Resource live);

    /// Brings the copy a step nearer to the captured settings. Never waits, only ever changes the copy; called again
    /// until it is done.
    ///
    /// @param drill whether the copy belongs to a drill, and so must stay deletable and private
    Configured apply(Resource live, CopyName copy, Settings captured, boolean drill);
}
