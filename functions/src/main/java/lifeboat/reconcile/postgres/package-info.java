/// Comparing and repairing PostgreSQL databases row by row, with the comparison done inside the databases.
@NullMarked
package lifeboat.reconcile.postgres;

import org.jspecify.annotations.NullMarked;
