package lifeboat.aws;

import static org.mockito.Mockito.mock;

import java.util.function.Consumer;
import org.mockito.Answers;
import org.mockito.invocation.InvocationOnMock;

/// Clients of the SDK whose requests can be looked at: what the SDK builds on top of a request, builders by lambda and
/// paginators, is real, and only the call with the request itself is a mock.
public final class SdkMock {
    private SdkMock() {}

    /// A client that answers nothing until it is told what.
    public static <T> T of(Class<T> client) {
        return mock(client, SdkMock::answer);
    }

    private static Object answer(InvocationOnMock call) throws Throwable {
        boolean built = call.getArguments().length == 1 && call.getArgument(0) instanceof Consumer;
        boolean paged = call.getMethod().getName().endsWith("Paginator");
        return built || paged ? call.callRealMethod() : Answers.RETURNS_DEFAULTS.answer(call);
    }
}
