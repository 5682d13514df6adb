/// Where stacks stand, what things are called there, and what is uploaded with them.
@NullMarked
package lifeboat.infra.site;

import org.jspecify.annotations.NullMarked;
