/// The commands `diff`, `repair` and `undo`: the engine of reconcile between two endpoints.
@NullMarked
package lifeboat.local.reconcile;

import org.jspecify.annotations.NullMarked;
