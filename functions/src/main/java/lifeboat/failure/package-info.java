/// What may leave of a failure: its kind and its place, and nothing of what rows hold.
@NullMarked
package lifeboat.failure;

import org.jspecify.annotations.NullMarked;
