/// What runs on your own machine and is never deployed: the command line, the rehearsal, the benchmarks.
@NullMarked
package lifeboat.local;

import org.jspecify.annotations.NullMarked;
