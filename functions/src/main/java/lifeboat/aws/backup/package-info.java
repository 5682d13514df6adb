/// AWS Backup: recovery points and restore jobs.
@NullMarked
package lifeboat.aws.backup;

import org.jspecify.annotations.NullMarked;
