package lifeboat.validation;

import java.time.Instant;
import java.util.function.Consumer;

/// The backup jobs of the account and region.
public interface BackupJobs {
    /// Hands over the jobs created since an instant, page by page.
    ///
    /// @return how many
    Looked<Long> since(Instant from, Consumer<JobFacts> each);
}
