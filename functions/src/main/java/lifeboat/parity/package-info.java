/// The settings that a restore drops: captured from the source, re-applied to the copy.
@NullMarked
package lifeboat.parity;

import org.jspecify.annotations.NullMarked;
