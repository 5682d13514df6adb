/// Requests that a person writes by hand: read strictly, and refused with everything that is wrong at once.
@NullMarked
package lifeboat.request;

import org.jspecify.annotations.NullMarked;
