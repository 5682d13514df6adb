/// What the functions ask of AWS while they run here, as IAM would see it.
@NullMarked
package lifeboat.local.access;

import org.jspecify.annotations.NullMarked;
