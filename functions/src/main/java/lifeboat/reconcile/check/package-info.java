/// The comparison of reconcile as a check of a restored copy: it counts what differs, and plans no repair.
@NullMarked
package lifeboat.reconcile.check;

import org.jspecify.annotations.NullMarked;
