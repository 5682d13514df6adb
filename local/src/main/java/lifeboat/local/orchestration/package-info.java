/// The service side of Step Functions and Lambda on this machine: an interpreter of Amazon States Language that calls
/// the real handlers.
@NullMarked
package lifeboat.local.orchestration;

import org.jspecify.annotations.NullMarked;
