/// The ledger: one table in both regions that outlives every stack.
@NullMarked
package lifeboat.infra.ledger;

import org.jspecify.annotations.NullMarked;
