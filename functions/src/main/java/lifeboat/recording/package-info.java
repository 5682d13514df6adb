/// Writes down every day what live tables hold, so that restored copies can be compared with it when live is gone.
@NullMarked
package lifeboat.recording;

import org.jspecify.annotations.NullMarked;
