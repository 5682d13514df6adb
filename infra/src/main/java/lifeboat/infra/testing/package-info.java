/// Restore tests that AWS Backup itself carries out.
@NullMarked
package lifeboat.infra.testing;

import org.jspecify.annotations.NullMarked;
