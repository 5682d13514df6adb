/// The ledger as items of one DynamoDB table.
@NullMarked
package lifeboat.aws.ledger;

import org.jspecify.annotations.NullMarked;
