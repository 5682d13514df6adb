/// The rehearsal: real data, a backup, damage, the synthesized recovery, and a comparison of the rows that came back.
@NullMarked
package lifeboat.local.rehearsal;

import org.jspecify.annotations.NullMarked;
