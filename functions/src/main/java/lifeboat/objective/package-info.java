/// The arithmetic of RPO and RTO: phases, data loss with its basis, verdicts. Pure.
@NullMarked
package lifeboat.objective;

import org.jspecify.annotations.NullMarked;
