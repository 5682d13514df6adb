/// Real engines on this machine: DynamoDB Local and PostgreSQL, each able to go back to a point in time.
@NullMarked
package lifeboat.local.engine;

import org.jspecify.annotations.NullMarked;
