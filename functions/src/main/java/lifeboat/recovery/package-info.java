/// The life cycle of a recovery: plan, steps, ledger, assessment, teardown, sweep, close.
@NullMarked
package lifeboat.recovery;

import org.jspecify.annotations.NullMarked;
