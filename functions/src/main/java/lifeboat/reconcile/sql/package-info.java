/// What the SQL stores have in common: columns, keys, tables side by side, quoting, lost connections.
@NullMarked
package lifeboat.reconcile.sql;

import org.jspecify.annotations.NullMarked;
