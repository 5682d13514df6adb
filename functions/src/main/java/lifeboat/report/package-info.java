/// What people read: the e-mail, the answer to a hand-made call, the metrics.
@NullMarked
package lifeboat.report;

import org.jspecify.annotations.NullMarked;
