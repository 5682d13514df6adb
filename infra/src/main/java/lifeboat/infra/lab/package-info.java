/// A table and a database to practise on.
@NullMarked
package lifeboat.infra.lab;

import org.jspecify.annotations.NullMarked;
