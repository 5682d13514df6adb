package lifeboat.recovery;

import java.util.Map;
import lifeboat.catalog.Resource;
import lifeboat.restore.CopyName;

/// Sees and deletes restored copies of one kind of store.
public interface Copies {
    /// Whether the copy exists, with its tags as they are now.
    Presence presence(Resource source, CopyName copy);

    /// Asks for the deletion of a copy, without a final snapshot and with its automated backups. Only for a copy on
    /// which all locks agree.
    void delete(Resource source, CopyName copy);

    /// What is there under a copy's name.
    sealed interface Presence {
        /// Nothing.
        record Absent() implements Presence {}

        /// Something that cannot be deleted right now, because it is being created, changed or deleted.
        record Busy() implements Presence {}

        /// Something that stands still.
        record Present(Map<String, String> tags) implements Presence {
            public Present {
                tags = Map.copyOf(tags);
            }
        }
    }
}
