/// Comparing and repairing MySQL and MariaDB databases row by row, with the comparison done inside the databases.
@NullMarked
package lifeboat.reconcile.mysql;

import org.jspecify.annotations.NullMarked;
