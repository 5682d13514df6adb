/// The CDK app: the stacks that an environment file becomes.
@NullMarked
package lifeboat.infra;

import org.jspecify.annotations.NullMarked;
