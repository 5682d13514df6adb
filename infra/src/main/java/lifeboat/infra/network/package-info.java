/// Where functions stand to reach databases.
@NullMarked
package lifeboat.infra.network;

import org.jspecify.annotations.NullMarked;
