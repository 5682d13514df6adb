/// RDS instances: restored, configured, reached and deleted.
@NullMarked
package lifeboat.aws.rds;

import org.jspecify.annotations.NullMarked;
