package lifeboat.aws;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import lifeboat.catalog.Invalid;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The one place that knows which errors of AWS are for good: those become a [Refused] with what to do about
/// it. All others fly on as they are, so that the engine around a handler tries again.
public final class Refusals {
    private static final Set<String> ACCESS = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "AuthorizationError",
            "AuthorizationErrorException",
            "UnauthorizedOperation",
            "KMSAccessDeniedException",
            "KmsAccessDeniedException");
    private static final Set<String> QUOTA = Set.of(
            "InstanceQuotaExceeded",
            "InstanceQuotaExceededFault",
            "DBInstanceQuotaExceeded",
            "StorageQuotaExceeded",
            "SnapshotQuotaExceeded",
            "ServiceQuotaExceededException");

    private Refusals() {}

    /// Does something, and says what to do where AWS refuses it for good.
    ///
    /// @throws Refused where trying again cannot help
    public static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (AwsServiceException e) {
            throw classified(e);
        }
    }

    /// What to say of an error that trying again cannot help; empty: it may help.
    public static Optional<String> forGood(RuntimeException e) {
        RuntimeException known = e instanceof AwsServiceException service ? classified(service) : e;
        return known instanceof Invalid || known instanceof Refused
                ? Optional.of(String.valueOf(known.getMessage()))
                : Optional.empty();
    }

    private static RuntimeException classified(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        if (details == null || details.errorCode() == null) {
            return e;
        }
        String said = "%s: %s".formatted(details.serviceName(), details.errorMessage());
        if (ACCESS.contains(details.errorCode())) {
            return new Refused(
                    "LB-501",
                    "access denied by %s. hint: compare with docs/reference/permissions.md".formatted(said),
                    e);
        }
        if (QUOTA.contains(details.errorCode())) {
            return new Refused(
                    "LB-502", "quota reached, %s. hint: raise it, or tear down what is not needed".formatted(said), e);
        }
        return e;
    }
}
