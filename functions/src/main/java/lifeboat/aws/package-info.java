/// Adapters: the only code that knows the AWS SDK.
@NullMarked
package lifeboat.aws;

import org.jspecify.annotations.NullMarked;
