/// DNS that moves to the recovery region by itself, and the switch that starts everything there.
@NullMarked
package lifeboat.infra.failover;

import org.jspecify.annotations.NullMarked;
