/// What is to be protected and how well: the environment file as records that cannot be wrong.
@NullMarked
package lifeboat.catalog;

import org.jspecify.annotations.NullMarked;
