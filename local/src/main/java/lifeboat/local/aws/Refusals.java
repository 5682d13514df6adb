package lifeboat.local.aws;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Gives an exception of a service the code, message and status that came with it over the wire.
final class Refusals {
    private Refusals() {}

    /// Completes a builder of one of the SDK's exceptions.
    static <B extends AwsServiceException.Builder> B of(B builder, String code, String message) {
        builder.message(message)
                .statusCode(400)
                .requestId("local")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build());
        return builder;
    }
}
