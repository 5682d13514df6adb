/// Where recovery points are kept, and who may never delete them.
@NullMarked
package lifeboat.infra.vault;

import org.jspecify.annotations.NullMarked;
