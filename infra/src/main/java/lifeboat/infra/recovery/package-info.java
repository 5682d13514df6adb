/// The recovery in one region: its functions, its flow and what people see of it.
@NullMarked
package lifeboat.infra.recovery;

import org.jspecify.annotations.NullMarked;
