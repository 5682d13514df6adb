/// The composition root: which adapter stands behind which port.
@NullMarked
package lifeboat;

import org.jspecify.annotations.NullMarked;
