/// Where plans of repairs are kept, and what live held before each of them.
@NullMarked
package lifeboat.infra.plans;

import org.jspecify.annotations.NullMarked;
