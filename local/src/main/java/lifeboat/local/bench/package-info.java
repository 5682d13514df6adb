/// Benchmarks: what Lifeboat costs beside the simplest thing that could be done, measured in one run.
@NullMarked
package lifeboat.local.bench;

import org.jspecify.annotations.NullMarked;
