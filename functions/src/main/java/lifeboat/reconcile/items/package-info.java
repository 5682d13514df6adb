/// Reconciling tables of items (DynamoDB): how items are digested, matched by key, compared, and put right one by one.
@NullMarked
package lifeboat.reconcile.items;

import org.jspecify.annotations.NullMarked;
