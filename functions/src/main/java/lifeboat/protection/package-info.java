/// What the backup plan can promise, and the counter-example where that is less than a tier needs.
@NullMarked
package lifeboat.protection;

import org.jspecify.annotations.NullMarked;
