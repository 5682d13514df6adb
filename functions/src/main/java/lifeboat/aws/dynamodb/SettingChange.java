package lifeboat.aws.dynamodb;

import java.util.function.Supplier;
import lifeboat.parity.Step;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.applicationautoscaling.model.ConcurrentUpdateException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/// The change of one setting, and what it means where AWS refuses it: for good, it is left out and listed; for the
/// moment, it is tried again.
final class SettingChange {
    private SettingChange() {}

    /// Makes the change.
    ///
    /// @throws AwsServiceException where AWS throttles or has an error of its own, so that the engine tries again
    static Step tried(Supplier<Step> change) {
        try {
            return change.get();
        } catch (ResourceInUseException | LimitExceededException | ConcurrentUpdateException e) {
            return new Step.Underway(); // another change of the table has to end before
        } catch (AwsServiceException e) {
            if (e.isThrottlingException() || e.statusCode() / 100 != 4) {
                throw e;
            }
            return new Step.Refused(
                    e.awsErrorDetails() == null
                            ? String.valueOf(e.getMessage())
                            : e.awsErrorDetails().errorMessage());
        }
    }
}
