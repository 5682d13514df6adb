package lifeboat.aws.rds;

import lifeboat.catalog.Resource;
import lifeboat.recovery.Copies;
import lifeboat.restore.CopyName;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;

/// Restored copies of RDS instances.
///
/// @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html">Deleting a DB
///     instance</a>
public final class RdsCopies implements Copies {
    private final RdsClient rds;

    public RdsCopies(RdsClient rds) {
        this.rds = rds;
    }

    @Override
    public Presence presence(Resource source, CopyName copy) {
        return Instances.find(rds, copy.value()).map(this::presence).orElseGet(Presence.Absent::new);
    }

    private Presence presence(DBInstance instance) {
        // a broken copy stands still as well, and must be deletable
        return Instances.condition(instance.dbInstanceStatus()) == Instances.Condition.CHANGING
                ? new Presence.Busy()
                : new Presence.Present(Instances.tags(rds, instance.dbInstanceIdentifier()));
    }

    @Override
    public void delete(Resource source, CopyName copy) {
        try {
            rds.deleteDBInstance(request -> request.dbInstanceIdentifier(copy.value())
                    .skipFinalSnapshot(true)
                    .deleteAutomatedBackups(true));
        } catch (InvalidDbInstanceStateException | DbInstanceNotFoundException e) {
            // being changed, or gone since it was looked at: the next look tells which
            return;
        }
    }
}
