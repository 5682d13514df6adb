/// The daily proof that recovery points exist, are fresh, complete, encrypted, locked and copied.
@NullMarked
package lifeboat.validation;

import org.jspecify.annotations.NullMarked;
