/// Integrity checks of a restored copy: what is asked, what was seen, and what that proves.
@NullMarked
package lifeboat.integrity;

import org.jspecify.annotations.NullMarked;
