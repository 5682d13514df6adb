/// Comparing a restored copy with damaged live data, planning a repair of just what differs, repairing it, undoing
/// that.
@NullMarked
package lifeboat.reconcile;

import org.jspecify.annotations.NullMarked;
