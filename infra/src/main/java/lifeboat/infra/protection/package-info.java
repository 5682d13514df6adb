/// Backup plans: when, how long kept, what is selected, in which role.
@NullMarked
package lifeboat.infra.protection;

import org.jspecify.annotations.NullMarked;
