/// What Lifeboat says, and to whom.
@NullMarked
package lifeboat.infra.messages;

import org.jspecify.annotations.NullMarked;
