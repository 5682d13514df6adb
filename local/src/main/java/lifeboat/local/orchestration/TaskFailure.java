package lifeboat.local.orchestration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/// How Step Functions sees a Lambda function that threw: the class of the exception, and what Lambda says of it.
///
/// @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">Lambda function errors in Java</a>
public final class TaskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String error;

    /// @param error the name that `ErrorEquals` is compared with
    /// @param cause JSON with `errorMessage` and `errorType`, as Lambda gives it
    public TaskFailure(String error, String cause) {
        super(cause);
        this.error = error;
    }

    /// The name that `ErrorEquals` is compared with.
    public String error() {
        return error;
    }

    /// What the handler said, without the JSON around it.
    public String said() {
        try {
            return JSON.readTree(getMessage()).path("errorMessage").asText(getMessage());
        } catch (JsonProcessingException _) {
            return String.valueOf(getMessage());
        }
    }
}
