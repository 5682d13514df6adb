/// DynamoDB tables: restored, configured, inspected, compared, repaired and deleted.
@NullMarked
package lifeboat.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
