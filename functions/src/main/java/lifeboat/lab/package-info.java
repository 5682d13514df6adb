/// The lab's rehearsal on every deployment, and what CloudFormation is told of it.
@NullMarked
package lifeboat.lab;

import org.jspecify.annotations.NullMarked;
