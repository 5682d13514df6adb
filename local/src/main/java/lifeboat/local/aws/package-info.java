/// AWS on this machine: stand-ins for control planes that have no engine here, and a judge of what is sent to them.
@NullMarked
package lifeboat.local.aws;

import org.jspecify.annotations.NullMarked;
