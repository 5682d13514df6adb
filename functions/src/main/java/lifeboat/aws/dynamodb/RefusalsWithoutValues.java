package lifeboat.aws.dynamodb;

import java.util.Set;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/// DynamoDB quotes values that it does not take: `Input collection [4111..., 4111...] contains duplicates`. Of
/// a refusal that speaks of values only its code and its request stay.
///
/// @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Errors</a>
final class RefusalsWithoutValues implements ExecutionInterceptor {
    private static final Set<String> ABOUT_VALUES = Set.of("ValidationException", "SerializationException");

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        return context.exception() instanceof DynamoDbException refused
                        && refused.awsErrorDetails() != null
                        && ABOUT_VALUES.contains(refused.awsErrorDetails().errorCode())
                ? withoutValues(refused)
                : context.exception();
    }

    private static Throwable withoutValues(DynamoDbException refused) {
        var code = refused.awsErrorDetails().errorCode();
        var clean = DynamoDbException.builder()
                .message(code)
                .awsErrorDetails(refused.awsErrorDetails().toBuilder()
                        .errorMessage("its text may hold values")
                        .rawResponse(null)
                        .build())
                .statusCode(refused.statusCode())
                .requestId(refused.requestId())
                .numAttempts(refused.numAttempts())
                .build();
        clean.setStackTrace(refused.getStackTrace());
        return clean;
    }
}
