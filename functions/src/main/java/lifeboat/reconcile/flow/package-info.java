/// A reconcile in the account: what a person asks for by hand, carried out piece by piece by a state machine, and told.
@NullMarked
package lifeboat.reconcile.flow;

import org.jspecify.annotations.NullMarked;
