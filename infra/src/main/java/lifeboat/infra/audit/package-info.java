/// What auditors are given: a framework, reports, and evidence that nobody can change.
@NullMarked
package lifeboat.infra.audit;

import org.jspecify.annotations.NullMarked;
