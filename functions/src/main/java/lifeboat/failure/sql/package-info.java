/// What databases say when they fail, without what they hold.
@NullMarked
package lifeboat.failure.sql;

import org.jspecify.annotations.NullMarked;
