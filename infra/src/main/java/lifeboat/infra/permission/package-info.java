/// What each function may do, as data: exact actions, on what, and why.
@NullMarked
package lifeboat.infra.permission;

import org.jspecify.annotations.NullMarked;
