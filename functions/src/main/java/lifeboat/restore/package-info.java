/// Choosing what to restore from, starting a restore, and asking where it stands.
@NullMarked
package lifeboat.restore;

import org.jspecify.annotations.NullMarked;
