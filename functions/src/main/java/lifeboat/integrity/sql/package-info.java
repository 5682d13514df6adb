/// Integrity checks of restored SQL databases: read-only, streaming, in the database's own terms.
@NullMarked
package lifeboat.integrity.sql;

import org.jspecify.annotations.NullMarked;
